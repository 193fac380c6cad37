import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace kad. */
export namespace kad {

    /** Namespace pb. */
    namespace pb {

        /**
         * Properties of a Record.
         * @deprecated Use kad.pb.Record.$Properties instead.
         */
        interface IRecord extends kad.pb.Record.$Properties {
        }

        /** Represents a Record. */
        class Record {

            /**
             * Constructs a new Record.
             * @param [properties] Properties to set
             */
            constructor(properties?: kad.pb.Record.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Record key. */
            key: (Uint8Array|null);

            /** Record value. */
            value: (Uint8Array|null);

            /** Record timeReceived. */
            timeReceived: (string|null);

            /**
             * Encodes the specified Record message. Does not implicitly {@link kad.pb.Record.verify|verify} messages.
             * @param message Record message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: kad.pb.Record.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Record message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {kad.pb.Record & kad.pb.Record.$Shape} Record
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kad.pb.Record & kad.pb.Record.$Shape;

            /**
             * Verifies a Record message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace Record {

            /** Properties of a Record. */
            interface $Properties {

                /** Record key */
                key?: (Uint8Array|null);

                /** Record value */
                value?: (Uint8Array|null);

                /** Record timeReceived */
                timeReceived?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Record. */
            type $Shape = kad.pb.Record.$Properties;
        }

        /**
         * Properties of a Message.
         * @deprecated Use kad.pb.Message.$Properties instead.
         */
        interface IMessage extends kad.pb.Message.$Properties {
        }

        /** Represents a Message. */
        class Message {

            /**
             * Constructs a new Message.
             * @param [properties] Properties to set
             */
            constructor(properties?: kad.pb.Message.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Message type. */
            type: (kad.pb.Message.MessageType|null);

            /** Message clusterLevelRaw. */
            clusterLevelRaw: (number|null);

            /** Message key. */
            key: (Uint8Array|null);

            /** Message record. */
            record: (kad.pb.Record|null);

            /** Message closerPeers. */
            closerPeers: kad.pb.Message.Peer[];

            /** Message providerPeers. */
            providerPeers: kad.pb.Message.Peer[];

            /**
             * Encodes the specified Message message. Does not implicitly {@link kad.pb.Message.verify|verify} messages.
             * @param message Message message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: kad.pb.Message.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Message message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {kad.pb.Message & kad.pb.Message.$Shape} Message
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kad.pb.Message & kad.pb.Message.$Shape;

            /**
             * Verifies a Message message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace Message {

            /** Properties of a Message. */
            interface $Properties {

                /** Message type */
                type?: (kad.pb.Message.MessageType|null);

                /** Message clusterLevelRaw */
                clusterLevelRaw?: (number|null);

                /** Message key */
                key?: (Uint8Array|null);

                /** Message record */
                record?: (kad.pb.Record.$Properties|null);

                /** Message closerPeers */
                closerPeers?: kad.pb.Message.Peer.$Properties[];

                /** Message providerPeers */
                providerPeers?: kad.pb.Message.Peer.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Message. */
            type $Shape = kad.pb.Message.$Properties;

            /** MessageType enum. */
            enum MessageType {

                /** PUT_VALUE value */
                PUT_VALUE = 0,

                /** GET_VALUE value */
                GET_VALUE = 1,

                /** ADD_PROVIDER value */
                ADD_PROVIDER = 2,

                /** GET_PROVIDERS value */
                GET_PROVIDERS = 3,

                /** FIND_NODE value */
                FIND_NODE = 4,

                /** PING value */
                PING = 5
            }

            /** ConnectionType enum. */
            enum ConnectionType {

                /** NOT_CONNECTED value */
                NOT_CONNECTED = 0,

                /** CONNECTED value */
                CONNECTED = 1,

                /** CAN_CONNECT value */
                CAN_CONNECT = 2,

                /** CANNOT_CONNECT value */
                CANNOT_CONNECT = 3
            }

            /**
             * Properties of a Peer.
             * @deprecated Use kad.pb.Message.Peer.$Properties instead.
             */
            interface IPeer extends kad.pb.Message.Peer.$Properties {
            }

            /** Represents a Peer. */
            class Peer {

                /**
                 * Constructs a new Peer.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kad.pb.Message.Peer.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Peer id. */
                id: (Uint8Array|null);

                /** Peer addrs. */
                addrs: Uint8Array[];

                /** Peer connection. */
                connection: (kad.pb.Message.ConnectionType|null);

                /**
                 * Encodes the specified Peer message. Does not implicitly {@link kad.pb.Message.Peer.verify|verify} messages.
                 * @param message Peer message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kad.pb.Message.Peer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Peer message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kad.pb.Message.Peer & kad.pb.Message.Peer.$Shape} Peer
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kad.pb.Message.Peer & kad.pb.Message.Peer.$Shape;

                /**
                 * Verifies a Peer message.
                 * @param message Plain object to verify
                 * @returns `null` if valid, otherwise the reason why it is not
                 */
                static verify(message: { [k: string]: any }): (string|null);
            }

            namespace Peer {

                /** Properties of a Peer. */
                interface $Properties {

                    /** Peer id */
                    id?: (Uint8Array|null);

                    /** Peer addrs */
                    addrs?: Uint8Array[];

                    /** Peer connection */
                    connection?: (kad.pb.Message.ConnectionType|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Peer. */
                type $Shape = kad.pb.Message.Peer.$Properties;
            }
        }
    }
}
