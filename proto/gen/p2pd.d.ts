import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace p2pd. */
export namespace p2pd {

    /** Namespace pb. */
    namespace pb {

        /**
         * Properties of a Request.
         * @deprecated Use p2pd.pb.Request.$Properties instead.
         */
        interface IRequest extends p2pd.pb.Request.$Properties {
        }

        /** Represents a Request. */
        class Request {

            /**
             * Constructs a new Request.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.Request.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Request type. */
            type: p2pd.pb.Request.Type;

            /** Request connect. */
            connect: (p2pd.pb.ConnectRequest|null);

            /** Request streamOpen. */
            streamOpen: (p2pd.pb.StreamOpenRequest|null);

            /** Request streamHandler. */
            streamHandler: (p2pd.pb.StreamHandlerRequest|null);

            /** Request dht. */
            dht: (p2pd.pb.DHTRequest|null);

            /** Request connManager. */
            connManager: (p2pd.pb.ConnManagerRequest|null);

            /** Request disconnect. */
            disconnect: (p2pd.pb.DisconnectRequest|null);

            /** Request pubsub. */
            pubsub: (p2pd.pb.PSRequest|null);

            /** Request peerStore. */
            peerStore: (p2pd.pb.PeerstoreRequest|null);

            /** Request events. */
            events: (p2pd.pb.EventsRequest|null);

            /** Request removeStreamHandler. */
            removeStreamHandler: (p2pd.pb.RemoveStreamHandlerRequest|null);

            /**
             * Encodes the specified Request message. Does not implicitly {@link p2pd.pb.Request.verify|verify} messages.
             * @param message Request message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.Request.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Request message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.Request & p2pd.pb.Request.$Shape} Request
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.Request & p2pd.pb.Request.$Shape;

            /**
             * Verifies a Request message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace Request {

            /** Properties of a Request. */
            interface $Properties {

                /** Request type */
                type: p2pd.pb.Request.Type;

                /** Request connect */
                connect?: (p2pd.pb.ConnectRequest.$Properties|null);

                /** Request streamOpen */
                streamOpen?: (p2pd.pb.StreamOpenRequest.$Properties|null);

                /** Request streamHandler */
                streamHandler?: (p2pd.pb.StreamHandlerRequest.$Properties|null);

                /** Request dht */
                dht?: (p2pd.pb.DHTRequest.$Properties|null);

                /** Request connManager */
                connManager?: (p2pd.pb.ConnManagerRequest.$Properties|null);

                /** Request disconnect */
                disconnect?: (p2pd.pb.DisconnectRequest.$Properties|null);

                /** Request pubsub */
                pubsub?: (p2pd.pb.PSRequest.$Properties|null);

                /** Request peerStore */
                peerStore?: (p2pd.pb.PeerstoreRequest.$Properties|null);

                /** Request events */
                events?: (p2pd.pb.EventsRequest.$Properties|null);

                /** Request removeStreamHandler */
                removeStreamHandler?: (p2pd.pb.RemoveStreamHandlerRequest.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Request. */
            type $Shape = p2pd.pb.Request.$Properties;

            /** Type enum. */
            enum Type {

                /** IDENTIFY value */
                IDENTIFY = 0,

                /** CONNECT value */
                CONNECT = 1,

                /** STREAM_OPEN value */
                STREAM_OPEN = 2,

                /** STREAM_HANDLER value */
                STREAM_HANDLER = 3,

                /** DHT value */
                DHT = 4,

                /** LIST_PEERS value */
                LIST_PEERS = 5,

                /** CONNMANAGER value */
                CONNMANAGER = 6,

                /** DISCONNECT value */
                DISCONNECT = 7,

                /** PUBSUB value */
                PUBSUB = 8,

                /** PEERSTORE value */
                PEERSTORE = 9,

                /** VERSION value */
                VERSION = 100,

                /** EVENTS value */
                EVENTS = 101,

                /** REMOVE_STREAM_HANDLER value */
                REMOVE_STREAM_HANDLER = 102
            }
        }

        /**
         * Properties of a Response.
         * @deprecated Use p2pd.pb.Response.$Properties instead.
         */
        interface IResponse extends p2pd.pb.Response.$Properties {
        }

        /** Represents a Response. */
        class Response {

            /**
             * Constructs a new Response.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.Response.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Response type. */
            type: p2pd.pb.Response.Type;

            /** Response error. */
            error: (p2pd.pb.ErrorResponse|null);

            /** Response streamInfo. */
            streamInfo: (p2pd.pb.StreamInfo|null);

            /** Response identify. */
            identify: (p2pd.pb.IdentifyResponse|null);

            /** Response dht. */
            dht: (p2pd.pb.DHTResponse|null);

            /** Response peers. */
            peers: p2pd.pb.PeerInfo[];

            /** Response pubsub. */
            pubsub: (p2pd.pb.PSResponse|null);

            /** Response peerStore. */
            peerStore: (p2pd.pb.PeerstoreResponse|null);

            /** Response version. */
            version: (p2pd.pb.VersionResponse|null);

            /**
             * Encodes the specified Response message. Does not implicitly {@link p2pd.pb.Response.verify|verify} messages.
             * @param message Response message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.Response.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Response message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.Response & p2pd.pb.Response.$Shape} Response
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.Response & p2pd.pb.Response.$Shape;

            /**
             * Verifies a Response message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace Response {

            /** Properties of a Response. */
            interface $Properties {

                /** Response type */
                type: p2pd.pb.Response.Type;

                /** Response error */
                error?: (p2pd.pb.ErrorResponse.$Properties|null);

                /** Response streamInfo */
                streamInfo?: (p2pd.pb.StreamInfo.$Properties|null);

                /** Response identify */
                identify?: (p2pd.pb.IdentifyResponse.$Properties|null);

                /** Response dht */
                dht?: (p2pd.pb.DHTResponse.$Properties|null);

                /** Response peers */
                peers?: p2pd.pb.PeerInfo.$Properties[];

                /** Response pubsub */
                pubsub?: (p2pd.pb.PSResponse.$Properties|null);

                /** Response peerStore */
                peerStore?: (p2pd.pb.PeerstoreResponse.$Properties|null);

                /** Response version */
                version?: (p2pd.pb.VersionResponse.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Response. */
            type $Shape = p2pd.pb.Response.$Properties;

            /** Type enum. */
            enum Type {

                /** OK value */
                OK = 0,

                /** ERROR value */
                ERROR = 1
            }
        }

        /**
         * Properties of an IdentifyResponse.
         * @deprecated Use p2pd.pb.IdentifyResponse.$Properties instead.
         */
        interface IIdentifyResponse extends p2pd.pb.IdentifyResponse.$Properties {
        }

        /** Represents an IdentifyResponse. */
        class IdentifyResponse {

            /**
             * Constructs a new IdentifyResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.IdentifyResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** IdentifyResponse id. */
            id: Uint8Array;

            /** IdentifyResponse addrs. */
            addrs: Uint8Array[];

            /**
             * Encodes the specified IdentifyResponse message. Does not implicitly {@link p2pd.pb.IdentifyResponse.verify|verify} messages.
             * @param message IdentifyResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.IdentifyResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an IdentifyResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.IdentifyResponse & p2pd.pb.IdentifyResponse.$Shape} IdentifyResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.IdentifyResponse & p2pd.pb.IdentifyResponse.$Shape;

            /**
             * Verifies an IdentifyResponse message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace IdentifyResponse {

            /** Properties of an IdentifyResponse. */
            interface $Properties {

                /** IdentifyResponse id */
                id: Uint8Array;

                /** IdentifyResponse addrs */
                addrs?: Uint8Array[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an IdentifyResponse. */
            type $Shape = p2pd.pb.IdentifyResponse.$Properties;
        }

        /**
         * Properties of a ConnectRequest.
         * @deprecated Use p2pd.pb.ConnectRequest.$Properties instead.
         */
        interface IConnectRequest extends p2pd.pb.ConnectRequest.$Properties {
        }

        /** Represents a ConnectRequest. */
        class ConnectRequest {

            /**
             * Constructs a new ConnectRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.ConnectRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ConnectRequest peer. */
            peer: Uint8Array;

            /** ConnectRequest addrs. */
            addrs: Uint8Array[];

            /** ConnectRequest timeout. */
            timeout: (number|null);

            /**
             * Encodes the specified ConnectRequest message. Does not implicitly {@link p2pd.pb.ConnectRequest.verify|verify} messages.
             * @param message ConnectRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.ConnectRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConnectRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.ConnectRequest & p2pd.pb.ConnectRequest.$Shape} ConnectRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.ConnectRequest & p2pd.pb.ConnectRequest.$Shape;

            /**
             * Verifies a ConnectRequest message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace ConnectRequest {

            /** Properties of a ConnectRequest. */
            interface $Properties {

                /** ConnectRequest peer */
                peer: Uint8Array;

                /** ConnectRequest addrs */
                addrs?: Uint8Array[];

                /** ConnectRequest timeout */
                timeout?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ConnectRequest. */
            type $Shape = p2pd.pb.ConnectRequest.$Properties;
        }

        /**
         * Properties of a StreamOpenRequest.
         * @deprecated Use p2pd.pb.StreamOpenRequest.$Properties instead.
         */
        interface IStreamOpenRequest extends p2pd.pb.StreamOpenRequest.$Properties {
        }

        /** Represents a StreamOpenRequest. */
        class StreamOpenRequest {

            /**
             * Constructs a new StreamOpenRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.StreamOpenRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StreamOpenRequest peer. */
            peer: Uint8Array;

            /** StreamOpenRequest proto. */
            proto: string[];

            /** StreamOpenRequest timeout. */
            timeout: (number|null);

            /**
             * Encodes the specified StreamOpenRequest message. Does not implicitly {@link p2pd.pb.StreamOpenRequest.verify|verify} messages.
             * @param message StreamOpenRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.StreamOpenRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StreamOpenRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.StreamOpenRequest & p2pd.pb.StreamOpenRequest.$Shape} StreamOpenRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.StreamOpenRequest & p2pd.pb.StreamOpenRequest.$Shape;

            /**
             * Verifies a StreamOpenRequest message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace StreamOpenRequest {

            /** Properties of a StreamOpenRequest. */
            interface $Properties {

                /** StreamOpenRequest peer */
                peer: Uint8Array;

                /** StreamOpenRequest proto */
                proto?: string[];

                /** StreamOpenRequest timeout */
                timeout?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StreamOpenRequest. */
            type $Shape = p2pd.pb.StreamOpenRequest.$Properties;
        }

        /**
         * Properties of a StreamHandlerRequest.
         * @deprecated Use p2pd.pb.StreamHandlerRequest.$Properties instead.
         */
        interface IStreamHandlerRequest extends p2pd.pb.StreamHandlerRequest.$Properties {
        }

        /** Represents a StreamHandlerRequest. */
        class StreamHandlerRequest {

            /**
             * Constructs a new StreamHandlerRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.StreamHandlerRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StreamHandlerRequest addr. */
            addr: Uint8Array;

            /** StreamHandlerRequest proto. */
            proto: string[];

            /** StreamHandlerRequest whileConnected. */
            whileConnected: (boolean|null);

            /**
             * Encodes the specified StreamHandlerRequest message. Does not implicitly {@link p2pd.pb.StreamHandlerRequest.verify|verify} messages.
             * @param message StreamHandlerRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.StreamHandlerRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StreamHandlerRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.StreamHandlerRequest & p2pd.pb.StreamHandlerRequest.$Shape} StreamHandlerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.StreamHandlerRequest & p2pd.pb.StreamHandlerRequest.$Shape;

            /**
             * Verifies a StreamHandlerRequest message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace StreamHandlerRequest {

            /** Properties of a StreamHandlerRequest. */
            interface $Properties {

                /** StreamHandlerRequest addr */
                addr: Uint8Array;

                /** StreamHandlerRequest proto */
                proto?: string[];

                /** StreamHandlerRequest whileConnected */
                whileConnected?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StreamHandlerRequest. */
            type $Shape = p2pd.pb.StreamHandlerRequest.$Properties;
        }

        /**
         * Properties of a RemoveStreamHandlerRequest.
         * @deprecated Use p2pd.pb.RemoveStreamHandlerRequest.$Properties instead.
         */
        interface IRemoveStreamHandlerRequest extends p2pd.pb.RemoveStreamHandlerRequest.$Properties {
        }

        /** Represents a RemoveStreamHandlerRequest. */
        class RemoveStreamHandlerRequest {

            /**
             * Constructs a new RemoveStreamHandlerRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.RemoveStreamHandlerRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RemoveStreamHandlerRequest addr. */
            addr: Uint8Array;

            /** RemoveStreamHandlerRequest proto. */
            proto: string[];

            /**
             * Encodes the specified RemoveStreamHandlerRequest message. Does not implicitly {@link p2pd.pb.RemoveStreamHandlerRequest.verify|verify} messages.
             * @param message RemoveStreamHandlerRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.RemoveStreamHandlerRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RemoveStreamHandlerRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.RemoveStreamHandlerRequest & p2pd.pb.RemoveStreamHandlerRequest.$Shape} RemoveStreamHandlerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.RemoveStreamHandlerRequest & p2pd.pb.RemoveStreamHandlerRequest.$Shape;

            /**
             * Verifies a RemoveStreamHandlerRequest message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace RemoveStreamHandlerRequest {

            /** Properties of a RemoveStreamHandlerRequest. */
            interface $Properties {

                /** RemoveStreamHandlerRequest addr */
                addr: Uint8Array;

                /** RemoveStreamHandlerRequest proto */
                proto?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RemoveStreamHandlerRequest. */
            type $Shape = p2pd.pb.RemoveStreamHandlerRequest.$Properties;
        }

        /**
         * Properties of an ErrorResponse.
         * @deprecated Use p2pd.pb.ErrorResponse.$Properties instead.
         */
        interface IErrorResponse extends p2pd.pb.ErrorResponse.$Properties {
        }

        /** Represents an ErrorResponse. */
        class ErrorResponse {

            /**
             * Constructs a new ErrorResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.ErrorResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ErrorResponse msg. */
            msg: string;

            /** ErrorResponse code. */
            code: (string|null);

            /**
             * Encodes the specified ErrorResponse message. Does not implicitly {@link p2pd.pb.ErrorResponse.verify|verify} messages.
             * @param message ErrorResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.ErrorResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ErrorResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.ErrorResponse & p2pd.pb.ErrorResponse.$Shape} ErrorResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.ErrorResponse & p2pd.pb.ErrorResponse.$Shape;

            /**
             * Verifies an ErrorResponse message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace ErrorResponse {

            /** Properties of an ErrorResponse. */
            interface $Properties {

                /** ErrorResponse msg */
                msg: string;

                /** ErrorResponse code */
                code?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ErrorResponse. */
            type $Shape = p2pd.pb.ErrorResponse.$Properties;
        }

        /**
         * Properties of a StreamInfo.
         * @deprecated Use p2pd.pb.StreamInfo.$Properties instead.
         */
        interface IStreamInfo extends p2pd.pb.StreamInfo.$Properties {
        }

        /** Represents a StreamInfo. */
        class StreamInfo {

            /**
             * Constructs a new StreamInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.StreamInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StreamInfo peer. */
            peer: Uint8Array;

            /** StreamInfo addr. */
            addr: Uint8Array;

            /** StreamInfo proto. */
            proto: string;

            /**
             * Encodes the specified StreamInfo message. Does not implicitly {@link p2pd.pb.StreamInfo.verify|verify} messages.
             * @param message StreamInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.StreamInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StreamInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.StreamInfo & p2pd.pb.StreamInfo.$Shape} StreamInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.StreamInfo & p2pd.pb.StreamInfo.$Shape;

            /**
             * Verifies a StreamInfo message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace StreamInfo {

            /** Properties of a StreamInfo. */
            interface $Properties {

                /** StreamInfo peer */
                peer: Uint8Array;

                /** StreamInfo addr */
                addr: Uint8Array;

                /** StreamInfo proto */
                proto: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StreamInfo. */
            type $Shape = p2pd.pb.StreamInfo.$Properties;
        }

        /**
         * Properties of a DHTRequest.
         * @deprecated Use p2pd.pb.DHTRequest.$Properties instead.
         */
        interface IDHTRequest extends p2pd.pb.DHTRequest.$Properties {
        }

        /** Represents a DHTRequest. */
        class DHTRequest {

            /**
             * Constructs a new DHTRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.DHTRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DHTRequest type. */
            type: p2pd.pb.DHTRequest.Type;

            /** DHTRequest peer. */
            peer: (Uint8Array|null);

            /** DHTRequest cid. */
            cid: (Uint8Array|null);

            /** DHTRequest key. */
            key: (Uint8Array|null);

            /** DHTRequest value. */
            value: (Uint8Array|null);

            /** DHTRequest count. */
            count: (number|null);

            /** DHTRequest timeout. */
            timeout: (number|null);

            /**
             * Encodes the specified DHTRequest message. Does not implicitly {@link p2pd.pb.DHTRequest.verify|verify} messages.
             * @param message DHTRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.DHTRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DHTRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.DHTRequest & p2pd.pb.DHTRequest.$Shape} DHTRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.DHTRequest & p2pd.pb.DHTRequest.$Shape;

            /**
             * Verifies a DHTRequest message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace DHTRequest {

            /** Properties of a DHTRequest. */
            interface $Properties {

                /** DHTRequest type */
                type: p2pd.pb.DHTRequest.Type;

                /** DHTRequest peer */
                peer?: (Uint8Array|null);

                /** DHTRequest cid */
                cid?: (Uint8Array|null);

                /** DHTRequest key */
                key?: (Uint8Array|null);

                /** DHTRequest value */
                value?: (Uint8Array|null);

                /** DHTRequest count */
                count?: (number|null);

                /** DHTRequest timeout */
                timeout?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DHTRequest. */
            type $Shape = p2pd.pb.DHTRequest.$Properties;

            /** Type enum. */
            enum Type {

                /** FIND_PEER value */
                FIND_PEER = 0,

                /** FIND_PEERS_CONNECTED_TO_PEER value */
                FIND_PEERS_CONNECTED_TO_PEER = 1,

                /** FIND_PROVIDERS value */
                FIND_PROVIDERS = 2,

                /** GET_CLOSEST_PEERS value */
                GET_CLOSEST_PEERS = 3,

                /** GET_PUBLIC_KEY value */
                GET_PUBLIC_KEY = 4,

                /** GET_VALUE value */
                GET_VALUE = 5,

                /** SEARCH_VALUE value */
                SEARCH_VALUE = 6,

                /** PUT_VALUE value */
                PUT_VALUE = 7,

                /** PROVIDE value */
                PROVIDE = 8
            }
        }

        /**
         * Properties of a DHTResponse.
         * @deprecated Use p2pd.pb.DHTResponse.$Properties instead.
         */
        interface IDHTResponse extends p2pd.pb.DHTResponse.$Properties {
        }

        /** Represents a DHTResponse. */
        class DHTResponse {

            /**
             * Constructs a new DHTResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.DHTResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DHTResponse type. */
            type: p2pd.pb.DHTResponse.Type;

            /** DHTResponse peer. */
            peer: (p2pd.pb.PeerInfo|null);

            /** DHTResponse value. */
            value: (Uint8Array|null);

            /**
             * Encodes the specified DHTResponse message. Does not implicitly {@link p2pd.pb.DHTResponse.verify|verify} messages.
             * @param message DHTResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.DHTResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DHTResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.DHTResponse & p2pd.pb.DHTResponse.$Shape} DHTResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.DHTResponse & p2pd.pb.DHTResponse.$Shape;

            /**
             * Verifies a DHTResponse message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace DHTResponse {

            /** Properties of a DHTResponse. */
            interface $Properties {

                /** DHTResponse type */
                type: p2pd.pb.DHTResponse.Type;

                /** DHTResponse peer */
                peer?: (p2pd.pb.PeerInfo.$Properties|null);

                /** DHTResponse value */
                value?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DHTResponse. */
            type $Shape = p2pd.pb.DHTResponse.$Properties;

            /** Type enum. */
            enum Type {

                /** BEGIN value */
                BEGIN = 0,

                /** VALUE value */
                VALUE = 1,

                /** END value */
                END = 2
            }
        }

        /**
         * Properties of a PeerInfo.
         * @deprecated Use p2pd.pb.PeerInfo.$Properties instead.
         */
        interface IPeerInfo extends p2pd.pb.PeerInfo.$Properties {
        }

        /** Represents a PeerInfo. */
        class PeerInfo {

            /**
             * Constructs a new PeerInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.PeerInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PeerInfo id. */
            id: Uint8Array;

            /** PeerInfo addrs. */
            addrs: Uint8Array[];

            /**
             * Encodes the specified PeerInfo message. Does not implicitly {@link p2pd.pb.PeerInfo.verify|verify} messages.
             * @param message PeerInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.PeerInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PeerInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.PeerInfo & p2pd.pb.PeerInfo.$Shape} PeerInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.PeerInfo & p2pd.pb.PeerInfo.$Shape;

            /**
             * Verifies a PeerInfo message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace PeerInfo {

            /** Properties of a PeerInfo. */
            interface $Properties {

                /** PeerInfo id */
                id: Uint8Array;

                /** PeerInfo addrs */
                addrs?: Uint8Array[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PeerInfo. */
            type $Shape = p2pd.pb.PeerInfo.$Properties;
        }

        /**
         * Properties of a ConnManagerRequest.
         * @deprecated Use p2pd.pb.ConnManagerRequest.$Properties instead.
         */
        interface IConnManagerRequest extends p2pd.pb.ConnManagerRequest.$Properties {
        }

        /** Represents a ConnManagerRequest. */
        class ConnManagerRequest {

            /**
             * Constructs a new ConnManagerRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.ConnManagerRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ConnManagerRequest type. */
            type: p2pd.pb.ConnManagerRequest.Type;

            /** ConnManagerRequest peer. */
            peer: (Uint8Array|null);

            /** ConnManagerRequest tag. */
            tag: (string|null);

            /** ConnManagerRequest weight. */
            weight: (number|null);

            /**
             * Encodes the specified ConnManagerRequest message. Does not implicitly {@link p2pd.pb.ConnManagerRequest.verify|verify} messages.
             * @param message ConnManagerRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.ConnManagerRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConnManagerRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.ConnManagerRequest & p2pd.pb.ConnManagerRequest.$Shape} ConnManagerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.ConnManagerRequest & p2pd.pb.ConnManagerRequest.$Shape;

            /**
             * Verifies a ConnManagerRequest message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace ConnManagerRequest {

            /** Properties of a ConnManagerRequest. */
            interface $Properties {

                /** ConnManagerRequest type */
                type: p2pd.pb.ConnManagerRequest.Type;

                /** ConnManagerRequest peer */
                peer?: (Uint8Array|null);

                /** ConnManagerRequest tag */
                tag?: (string|null);

                /** ConnManagerRequest weight */
                weight?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ConnManagerRequest. */
            type $Shape = p2pd.pb.ConnManagerRequest.$Properties;

            /** Type enum. */
            enum Type {

                /** TAG_PEER value */
                TAG_PEER = 0,

                /** UNTAG_PEER value */
                UNTAG_PEER = 1,

                /** TRIM value */
                TRIM = 2
            }
        }

        /**
         * Properties of a DisconnectRequest.
         * @deprecated Use p2pd.pb.DisconnectRequest.$Properties instead.
         */
        interface IDisconnectRequest extends p2pd.pb.DisconnectRequest.$Properties {
        }

        /** Represents a DisconnectRequest. */
        class DisconnectRequest {

            /**
             * Constructs a new DisconnectRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.DisconnectRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DisconnectRequest peer. */
            peer: Uint8Array;

            /**
             * Encodes the specified DisconnectRequest message. Does not implicitly {@link p2pd.pb.DisconnectRequest.verify|verify} messages.
             * @param message DisconnectRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.DisconnectRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DisconnectRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.DisconnectRequest & p2pd.pb.DisconnectRequest.$Shape} DisconnectRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.DisconnectRequest & p2pd.pb.DisconnectRequest.$Shape;

            /**
             * Verifies a DisconnectRequest message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace DisconnectRequest {

            /** Properties of a DisconnectRequest. */
            interface $Properties {

                /** DisconnectRequest peer */
                peer: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DisconnectRequest. */
            type $Shape = p2pd.pb.DisconnectRequest.$Properties;
        }

        /**
         * Properties of a PSRequest.
         * @deprecated Use p2pd.pb.PSRequest.$Properties instead.
         */
        interface IPSRequest extends p2pd.pb.PSRequest.$Properties {
        }

        /** Represents a PSRequest. */
        class PSRequest {

            /**
             * Constructs a new PSRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.PSRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PSRequest type. */
            type: p2pd.pb.PSRequest.Type;

            /** PSRequest topic. */
            topic: (string|null);

            /** PSRequest data. */
            data: (Uint8Array|null);

            /**
             * Encodes the specified PSRequest message. Does not implicitly {@link p2pd.pb.PSRequest.verify|verify} messages.
             * @param message PSRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.PSRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PSRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.PSRequest & p2pd.pb.PSRequest.$Shape} PSRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.PSRequest & p2pd.pb.PSRequest.$Shape;

            /**
             * Verifies a PSRequest message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace PSRequest {

            /** Properties of a PSRequest. */
            interface $Properties {

                /** PSRequest type */
                type: p2pd.pb.PSRequest.Type;

                /** PSRequest topic */
                topic?: (string|null);

                /** PSRequest data */
                data?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PSRequest. */
            type $Shape = p2pd.pb.PSRequest.$Properties;

            /** Type enum. */
            enum Type {

                /** GET_TOPICS value */
                GET_TOPICS = 0,

                /** LIST_PEERS value */
                LIST_PEERS = 1,

                /** PUBLISH value */
                PUBLISH = 2,

                /** SUBSCRIBE value */
                SUBSCRIBE = 3
            }
        }

        /**
         * Properties of a PSMessage.
         * @deprecated Use p2pd.pb.PSMessage.$Properties instead.
         */
        interface IPSMessage extends p2pd.pb.PSMessage.$Properties {
        }

        /** Represents a PSMessage. */
        class PSMessage {

            /**
             * Constructs a new PSMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.PSMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PSMessage from. */
            from: (Uint8Array|null);

            /** PSMessage data. */
            data: (Uint8Array|null);

            /** PSMessage seqno. */
            seqno: (Uint8Array|null);

            /** PSMessage topicIDs. */
            topicIDs: string[];

            /** PSMessage signature. */
            signature: (Uint8Array|null);

            /** PSMessage key. */
            key: (Uint8Array|null);

            /** PSMessage dropped. */
            dropped: (number|null);

            /**
             * Encodes the specified PSMessage message. Does not implicitly {@link p2pd.pb.PSMessage.verify|verify} messages.
             * @param message PSMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.PSMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PSMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.PSMessage & p2pd.pb.PSMessage.$Shape} PSMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.PSMessage & p2pd.pb.PSMessage.$Shape;

            /**
             * Verifies a PSMessage message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace PSMessage {

            /** Properties of a PSMessage. */
            interface $Properties {

                /** PSMessage from */
                from?: (Uint8Array|null);

                /** PSMessage data */
                data?: (Uint8Array|null);

                /** PSMessage seqno */
                seqno?: (Uint8Array|null);

                /** PSMessage topicIDs */
                topicIDs?: string[];

                /** PSMessage signature */
                signature?: (Uint8Array|null);

                /** PSMessage key */
                key?: (Uint8Array|null);

                /** PSMessage dropped */
                dropped?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PSMessage. */
            type $Shape = p2pd.pb.PSMessage.$Properties;
        }

        /**
         * Properties of a PSResponse.
         * @deprecated Use p2pd.pb.PSResponse.$Properties instead.
         */
        interface IPSResponse extends p2pd.pb.PSResponse.$Properties {
        }

        /** Represents a PSResponse. */
        class PSResponse {

            /**
             * Constructs a new PSResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.PSResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PSResponse topics. */
            topics: string[];

            /** PSResponse peerIDs. */
            peerIDs: Uint8Array[];

            /**
             * Encodes the specified PSResponse message. Does not implicitly {@link p2pd.pb.PSResponse.verify|verify} messages.
             * @param message PSResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.PSResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PSResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.PSResponse & p2pd.pb.PSResponse.$Shape} PSResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.PSResponse & p2pd.pb.PSResponse.$Shape;

            /**
             * Verifies a PSResponse message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace PSResponse {

            /** Properties of a PSResponse. */
            interface $Properties {

                /** PSResponse topics */
                topics?: string[];

                /** PSResponse peerIDs */
                peerIDs?: Uint8Array[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PSResponse. */
            type $Shape = p2pd.pb.PSResponse.$Properties;
        }

        /**
         * Properties of a PeerstoreRequest.
         * @deprecated Use p2pd.pb.PeerstoreRequest.$Properties instead.
         */
        interface IPeerstoreRequest extends p2pd.pb.PeerstoreRequest.$Properties {
        }

        /** Represents a PeerstoreRequest. */
        class PeerstoreRequest {

            /**
             * Constructs a new PeerstoreRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.PeerstoreRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PeerstoreRequest type. */
            type: (p2pd.pb.PeerstoreRequest.Type|null);

            /** PeerstoreRequest id. */
            id: (Uint8Array|null);

            /** PeerstoreRequest protos. */
            protos: string[];

            /** PeerstoreRequest addrs. */
            addrs: Uint8Array[];

            /** PeerstoreRequest ttl. */
            ttl: (number|null);

            /** PeerstoreRequest publicKey. */
            publicKey: (Uint8Array|null);

            /** PeerstoreRequest tags. */
            tags: p2pd.pb.PeerTag[];

            /** PeerstoreRequest metadata. */
            metadata: p2pd.pb.PeerMetadata[];

            /**
             * Encodes the specified PeerstoreRequest message. Does not implicitly {@link p2pd.pb.PeerstoreRequest.verify|verify} messages.
             * @param message PeerstoreRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.PeerstoreRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PeerstoreRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.PeerstoreRequest & p2pd.pb.PeerstoreRequest.$Shape} PeerstoreRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.PeerstoreRequest & p2pd.pb.PeerstoreRequest.$Shape;

            /**
             * Verifies a PeerstoreRequest message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace PeerstoreRequest {

            /** Properties of a PeerstoreRequest. */
            interface $Properties {

                /** PeerstoreRequest type */
                type?: (p2pd.pb.PeerstoreRequest.Type|null);

                /** PeerstoreRequest id */
                id?: (Uint8Array|null);

                /** PeerstoreRequest protos */
                protos?: string[];

                /** PeerstoreRequest addrs */
                addrs?: Uint8Array[];

                /** PeerstoreRequest ttl */
                ttl?: (number|null);

                /** PeerstoreRequest publicKey */
                publicKey?: (Uint8Array|null);

                /** PeerstoreRequest tags */
                tags?: p2pd.pb.PeerTag.$Properties[];

                /** PeerstoreRequest metadata */
                metadata?: p2pd.pb.PeerMetadata.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PeerstoreRequest. */
            type $Shape = p2pd.pb.PeerstoreRequest.$Properties;

            /** Type enum. */
            enum Type {

                /** UNSPECIFIED value */
                UNSPECIFIED = 0,

                /** GET_PROTOCOLS value */
                GET_PROTOCOLS = 1,

                /** GET_PEER_INFO value */
                GET_PEER_INFO = 2,

                /** LIST_PEERS value */
                LIST_PEERS = 100,

                /** GET_RECORD value */
                GET_RECORD = 101,

                /** ADD value */
                ADD = 102,

                /** REMOVE value */
                REMOVE = 103,

                /** DELETE_PEER value */
                DELETE_PEER = 104
            }
        }

        /**
         * Properties of a PeerstoreResponse.
         * @deprecated Use p2pd.pb.PeerstoreResponse.$Properties instead.
         */
        interface IPeerstoreResponse extends p2pd.pb.PeerstoreResponse.$Properties {
        }

        /** Represents a PeerstoreResponse. */
        class PeerstoreResponse {

            /**
             * Constructs a new PeerstoreResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.PeerstoreResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PeerstoreResponse peer. */
            peer: (p2pd.pb.PeerInfo|null);

            /** PeerstoreResponse protos. */
            protos: string[];

            /** PeerstoreResponse ids. */
            ids: Uint8Array[];

            /** PeerstoreResponse record. */
            record: (p2pd.pb.PeerRecord|null);

            /**
             * Encodes the specified PeerstoreResponse message. Does not implicitly {@link p2pd.pb.PeerstoreResponse.verify|verify} messages.
             * @param message PeerstoreResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.PeerstoreResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PeerstoreResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.PeerstoreResponse & p2pd.pb.PeerstoreResponse.$Shape} PeerstoreResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.PeerstoreResponse & p2pd.pb.PeerstoreResponse.$Shape;

            /**
             * Verifies a PeerstoreResponse message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace PeerstoreResponse {

            /** Properties of a PeerstoreResponse. */
            interface $Properties {

                /** PeerstoreResponse peer */
                peer?: (p2pd.pb.PeerInfo.$Properties|null);

                /** PeerstoreResponse protos */
                protos?: string[];

                /** PeerstoreResponse ids */
                ids?: Uint8Array[];

                /** PeerstoreResponse record */
                record?: (p2pd.pb.PeerRecord.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PeerstoreResponse. */
            type $Shape = p2pd.pb.PeerstoreResponse.$Properties;
        }

        /**
         * Properties of a PeerRecord.
         * @deprecated Use p2pd.pb.PeerRecord.$Properties instead.
         */
        interface IPeerRecord extends p2pd.pb.PeerRecord.$Properties {
        }

        /** Represents a PeerRecord. */
        class PeerRecord {

            /**
             * Constructs a new PeerRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.PeerRecord.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PeerRecord id. */
            id: Uint8Array;

            /** PeerRecord addrs. */
            addrs: p2pd.pb.KnownAddress[];

            /** PeerRecord protos. */
            protos: string[];

            /** PeerRecord publicKey. */
            publicKey: (Uint8Array|null);

            /** PeerRecord tags. */
            tags: p2pd.pb.PeerTag[];

            /** PeerRecord metadata. */
            metadata: p2pd.pb.PeerMetadata[];

            /**
             * Encodes the specified PeerRecord message. Does not implicitly {@link p2pd.pb.PeerRecord.verify|verify} messages.
             * @param message PeerRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.PeerRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PeerRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.PeerRecord & p2pd.pb.PeerRecord.$Shape} PeerRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.PeerRecord & p2pd.pb.PeerRecord.$Shape;

            /**
             * Verifies a PeerRecord message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace PeerRecord {

            /** Properties of a PeerRecord. */
            interface $Properties {

                /** PeerRecord id */
                id: Uint8Array;

                /** PeerRecord addrs */
                addrs?: p2pd.pb.KnownAddress.$Properties[];

                /** PeerRecord protos */
                protos?: string[];

                /** PeerRecord publicKey */
                publicKey?: (Uint8Array|null);

                /** PeerRecord tags */
                tags?: p2pd.pb.PeerTag.$Properties[];

                /** PeerRecord metadata */
                metadata?: p2pd.pb.PeerMetadata.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PeerRecord. */
            type $Shape = p2pd.pb.PeerRecord.$Properties;
        }

        /**
         * Properties of a KnownAddress.
         * @deprecated Use p2pd.pb.KnownAddress.$Properties instead.
         */
        interface IKnownAddress extends p2pd.pb.KnownAddress.$Properties {
        }

        /** Represents a KnownAddress. */
        class KnownAddress {

            /**
             * Constructs a new KnownAddress.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.KnownAddress.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** KnownAddress addr. */
            addr: Uint8Array;

            /** KnownAddress ttl. */
            ttl: (number|null);

            /** KnownAddress certified. */
            certified: (boolean|null);

            /**
             * Encodes the specified KnownAddress message. Does not implicitly {@link p2pd.pb.KnownAddress.verify|verify} messages.
             * @param message KnownAddress message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.KnownAddress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a KnownAddress message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.KnownAddress & p2pd.pb.KnownAddress.$Shape} KnownAddress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.KnownAddress & p2pd.pb.KnownAddress.$Shape;

            /**
             * Verifies a KnownAddress message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace KnownAddress {

            /** Properties of a KnownAddress. */
            interface $Properties {

                /** KnownAddress addr */
                addr: Uint8Array;

                /** KnownAddress ttl */
                ttl?: (number|null);

                /** KnownAddress certified */
                certified?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a KnownAddress. */
            type $Shape = p2pd.pb.KnownAddress.$Properties;
        }

        /**
         * Properties of a PeerTag.
         * @deprecated Use p2pd.pb.PeerTag.$Properties instead.
         */
        interface IPeerTag extends p2pd.pb.PeerTag.$Properties {
        }

        /** Represents a PeerTag. */
        class PeerTag {

            /**
             * Constructs a new PeerTag.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.PeerTag.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PeerTag name. */
            name: string;

            /** PeerTag value. */
            value: (number|null);

            /** PeerTag ttl. */
            ttl: (number|null);

            /**
             * Encodes the specified PeerTag message. Does not implicitly {@link p2pd.pb.PeerTag.verify|verify} messages.
             * @param message PeerTag message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.PeerTag.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PeerTag message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.PeerTag & p2pd.pb.PeerTag.$Shape} PeerTag
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.PeerTag & p2pd.pb.PeerTag.$Shape;

            /**
             * Verifies a PeerTag message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace PeerTag {

            /** Properties of a PeerTag. */
            interface $Properties {

                /** PeerTag name */
                name: string;

                /** PeerTag value */
                value?: (number|null);

                /** PeerTag ttl */
                ttl?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PeerTag. */
            type $Shape = p2pd.pb.PeerTag.$Properties;
        }

        /**
         * Properties of a PeerMetadata.
         * @deprecated Use p2pd.pb.PeerMetadata.$Properties instead.
         */
        interface IPeerMetadata extends p2pd.pb.PeerMetadata.$Properties {
        }

        /** Represents a PeerMetadata. */
        class PeerMetadata {

            /**
             * Constructs a new PeerMetadata.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.PeerMetadata.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PeerMetadata key. */
            key: string;

            /** PeerMetadata value. */
            value: (Uint8Array|null);

            /**
             * Encodes the specified PeerMetadata message. Does not implicitly {@link p2pd.pb.PeerMetadata.verify|verify} messages.
             * @param message PeerMetadata message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.PeerMetadata.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PeerMetadata message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.PeerMetadata & p2pd.pb.PeerMetadata.$Shape} PeerMetadata
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.PeerMetadata & p2pd.pb.PeerMetadata.$Shape;

            /**
             * Verifies a PeerMetadata message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace PeerMetadata {

            /** Properties of a PeerMetadata. */
            interface $Properties {

                /** PeerMetadata key */
                key: string;

                /** PeerMetadata value */
                value?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PeerMetadata. */
            type $Shape = p2pd.pb.PeerMetadata.$Properties;
        }

        /**
         * Properties of an EventsRequest.
         * @deprecated Use p2pd.pb.EventsRequest.$Properties instead.
         */
        interface IEventsRequest extends p2pd.pb.EventsRequest.$Properties {
        }

        /** Represents an EventsRequest. */
        class EventsRequest {

            /**
             * Constructs a new EventsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.EventsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EventsRequest types. */
            types: p2pd.pb.Event.Type[];

            /**
             * Encodes the specified EventsRequest message. Does not implicitly {@link p2pd.pb.EventsRequest.verify|verify} messages.
             * @param message EventsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.EventsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EventsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.EventsRequest & p2pd.pb.EventsRequest.$Shape} EventsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.EventsRequest & p2pd.pb.EventsRequest.$Shape;

            /**
             * Verifies an EventsRequest message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace EventsRequest {

            /** Properties of an EventsRequest. */
            interface $Properties {

                /** EventsRequest types */
                types?: p2pd.pb.Event.Type[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an EventsRequest. */
            type $Shape = p2pd.pb.EventsRequest.$Properties;
        }

        /**
         * Properties of an Event.
         * @deprecated Use p2pd.pb.Event.$Properties instead.
         */
        interface IEvent extends p2pd.pb.Event.$Properties {
        }

        /** Represents an Event. */
        class Event {

            /**
             * Constructs a new Event.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.Event.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Event type. */
            type: p2pd.pb.Event.Type;

            /** Event time. */
            time: (number|null);

            /** Event peer. */
            peer: (Uint8Array|null);

            /** Event connection. */
            connection: (p2pd.pb.ConnectionInfo|null);

            /** Event identify. */
            identify: (p2pd.pb.IdentifyInfo|null);

            /** Event addrs. */
            addrs: Uint8Array[];

            /** Event reservation. */
            reservation: (p2pd.pb.ReservationInfo|null);

            /** Event error. */
            error: (p2pd.pb.ErrorResponse|null);

            /**
             * Encodes the specified Event message. Does not implicitly {@link p2pd.pb.Event.verify|verify} messages.
             * @param message Event message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.Event.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Event message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.Event & p2pd.pb.Event.$Shape} Event
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.Event & p2pd.pb.Event.$Shape;

            /**
             * Verifies an Event message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace Event {

            /** Properties of an Event. */
            interface $Properties {

                /** Event type */
                type: p2pd.pb.Event.Type;

                /** Event time */
                time?: (number|null);

                /** Event peer */
                peer?: (Uint8Array|null);

                /** Event connection */
                connection?: (p2pd.pb.ConnectionInfo.$Properties|null);

                /** Event identify */
                identify?: (p2pd.pb.IdentifyInfo.$Properties|null);

                /** Event addrs */
                addrs?: Uint8Array[];

                /** Event reservation */
                reservation?: (p2pd.pb.ReservationInfo.$Properties|null);

                /** Event error */
                error?: (p2pd.pb.ErrorResponse.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Event. */
            type $Shape = p2pd.pb.Event.$Properties;

            /** Type enum. */
            enum Type {

                /** STATE_COMPLETE value */
                STATE_COMPLETE = 0,

                /** CONNECTION_OPENED value */
                CONNECTION_OPENED = 1,

                /** CONNECTION_CLOSED value */
                CONNECTION_CLOSED = 2,

                /** PEER_CONNECTED value */
                PEER_CONNECTED = 3,

                /** PEER_DISCONNECTED value */
                PEER_DISCONNECTED = 4,

                /** PEER_IDENTIFIED value */
                PEER_IDENTIFIED = 5,

                /** ADDRESSES_CHANGED value */
                ADDRESSES_CHANGED = 6,

                /** RESERVATION_GAINED value */
                RESERVATION_GAINED = 7,

                /** RESERVATION_LOST value */
                RESERVATION_LOST = 8,

                /** ERROR value */
                ERROR = 9,

                /** STAYS_RELAYED value */
                STAYS_RELAYED = 10
            }
        }

        /**
         * Properties of a ConnectionInfo.
         * @deprecated Use p2pd.pb.ConnectionInfo.$Properties instead.
         */
        interface IConnectionInfo extends p2pd.pb.ConnectionInfo.$Properties {
        }

        /** Represents a ConnectionInfo. */
        class ConnectionInfo {

            /**
             * Constructs a new ConnectionInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.ConnectionInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ConnectionInfo id. */
            id: string;

            /** ConnectionInfo peer. */
            peer: Uint8Array;

            /** ConnectionInfo addr. */
            addr: Uint8Array;

            /** ConnectionInfo direction. */
            direction: p2pd.pb.ConnectionInfo.Direction;

            /** ConnectionInfo security. */
            security: (string|null);

            /** ConnectionInfo muxer. */
            muxer: (string|null);

            /** ConnectionInfo relayed. */
            relayed: (boolean|null);

            /** ConnectionInfo opened. */
            opened: (number|null);

            /**
             * Encodes the specified ConnectionInfo message. Does not implicitly {@link p2pd.pb.ConnectionInfo.verify|verify} messages.
             * @param message ConnectionInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.ConnectionInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConnectionInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.ConnectionInfo & p2pd.pb.ConnectionInfo.$Shape} ConnectionInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.ConnectionInfo & p2pd.pb.ConnectionInfo.$Shape;

            /**
             * Verifies a ConnectionInfo message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace ConnectionInfo {

            /** Properties of a ConnectionInfo. */
            interface $Properties {

                /** ConnectionInfo id */
                id: string;

                /** ConnectionInfo peer */
                peer: Uint8Array;

                /** ConnectionInfo addr */
                addr: Uint8Array;

                /** ConnectionInfo direction */
                direction: p2pd.pb.ConnectionInfo.Direction;

                /** ConnectionInfo security */
                security?: (string|null);

                /** ConnectionInfo muxer */
                muxer?: (string|null);

                /** ConnectionInfo relayed */
                relayed?: (boolean|null);

                /** ConnectionInfo opened */
                opened?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ConnectionInfo. */
            type $Shape = p2pd.pb.ConnectionInfo.$Properties;

            /** Direction enum. */
            enum Direction {

                /** INBOUND value */
                INBOUND = 0,

                /** OUTBOUND value */
                OUTBOUND = 1
            }
        }

        /**
         * Properties of an IdentifyInfo.
         * @deprecated Use p2pd.pb.IdentifyInfo.$Properties instead.
         */
        interface IIdentifyInfo extends p2pd.pb.IdentifyInfo.$Properties {
        }

        /** Represents an IdentifyInfo. */
        class IdentifyInfo {

            /**
             * Constructs a new IdentifyInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.IdentifyInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** IdentifyInfo peer. */
            peer: Uint8Array;

            /** IdentifyInfo connection. */
            connection: string;

            /** IdentifyInfo agentVersion. */
            agentVersion: (string|null);

            /** IdentifyInfo protocolVersion. */
            protocolVersion: (string|null);

            /** IdentifyInfo protos. */
            protos: string[];

            /** IdentifyInfo addrs. */
            addrs: Uint8Array[];

            /** IdentifyInfo observedAddr. */
            observedAddr: (Uint8Array|null);

            /**
             * Encodes the specified IdentifyInfo message. Does not implicitly {@link p2pd.pb.IdentifyInfo.verify|verify} messages.
             * @param message IdentifyInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.IdentifyInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an IdentifyInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.IdentifyInfo & p2pd.pb.IdentifyInfo.$Shape} IdentifyInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.IdentifyInfo & p2pd.pb.IdentifyInfo.$Shape;

            /**
             * Verifies an IdentifyInfo message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace IdentifyInfo {

            /** Properties of an IdentifyInfo. */
            interface $Properties {

                /** IdentifyInfo peer */
                peer: Uint8Array;

                /** IdentifyInfo connection */
                connection: string;

                /** IdentifyInfo agentVersion */
                agentVersion?: (string|null);

                /** IdentifyInfo protocolVersion */
                protocolVersion?: (string|null);

                /** IdentifyInfo protos */
                protos?: string[];

                /** IdentifyInfo addrs */
                addrs?: Uint8Array[];

                /** IdentifyInfo observedAddr */
                observedAddr?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an IdentifyInfo. */
            type $Shape = p2pd.pb.IdentifyInfo.$Properties;
        }

        /**
         * Properties of a ReservationInfo.
         * @deprecated Use p2pd.pb.ReservationInfo.$Properties instead.
         */
        interface IReservationInfo extends p2pd.pb.ReservationInfo.$Properties {
        }

        /** Represents a ReservationInfo. */
        class ReservationInfo {

            /**
             * Constructs a new ReservationInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.ReservationInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ReservationInfo relay. */
            relay: Uint8Array;

            /** ReservationInfo addrs. */
            addrs: Uint8Array[];

            /** ReservationInfo expires. */
            expires: (number|null);

            /**
             * Encodes the specified ReservationInfo message. Does not implicitly {@link p2pd.pb.ReservationInfo.verify|verify} messages.
             * @param message ReservationInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.ReservationInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReservationInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.ReservationInfo & p2pd.pb.ReservationInfo.$Shape} ReservationInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.ReservationInfo & p2pd.pb.ReservationInfo.$Shape;

            /**
             * Verifies a ReservationInfo message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace ReservationInfo {

            /** Properties of a ReservationInfo. */
            interface $Properties {

                /** ReservationInfo relay */
                relay: Uint8Array;

                /** ReservationInfo addrs */
                addrs?: Uint8Array[];

                /** ReservationInfo expires */
                expires?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReservationInfo. */
            type $Shape = p2pd.pb.ReservationInfo.$Properties;
        }

        /**
         * Properties of a VersionResponse.
         * @deprecated Use p2pd.pb.VersionResponse.$Properties instead.
         */
        interface IVersionResponse extends p2pd.pb.VersionResponse.$Properties {
        }

        /** Represents a VersionResponse. */
        class VersionResponse {

            /**
             * Constructs a new VersionResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.VersionResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** VersionResponse name. */
            name: string;

            /** VersionResponse version. */
            version: string;

            /** VersionResponse protocolRevision. */
            protocolRevision: number;

            /** VersionResponse implementation. */
            implementation: p2pd.pb.Library[];

            /** VersionResponse features. */
            features: string[];

            /**
             * Encodes the specified VersionResponse message. Does not implicitly {@link p2pd.pb.VersionResponse.verify|verify} messages.
             * @param message VersionResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.VersionResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a VersionResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.VersionResponse & p2pd.pb.VersionResponse.$Shape} VersionResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.VersionResponse & p2pd.pb.VersionResponse.$Shape;

            /**
             * Verifies a VersionResponse message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace VersionResponse {

            /** Properties of a VersionResponse. */
            interface $Properties {

                /** VersionResponse name */
                name: string;

                /** VersionResponse version */
                version: string;

                /** VersionResponse protocolRevision */
                protocolRevision: number;

                /** VersionResponse implementation */
                implementation?: p2pd.pb.Library.$Properties[];

                /** VersionResponse features */
                features?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a VersionResponse. */
            type $Shape = p2pd.pb.VersionResponse.$Properties;
        }

        /**
         * Properties of a Library.
         * @deprecated Use p2pd.pb.Library.$Properties instead.
         */
        interface ILibrary extends p2pd.pb.Library.$Properties {
        }

        /** Represents a Library. */
        class Library {

            /**
             * Constructs a new Library.
             * @param [properties] Properties to set
             */
            constructor(properties?: p2pd.pb.Library.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Library name. */
            name: string;

            /** Library version. */
            version: string;

            /**
             * Encodes the specified Library message. Does not implicitly {@link p2pd.pb.Library.verify|verify} messages.
             * @param message Library message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: p2pd.pb.Library.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Library message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {p2pd.pb.Library & p2pd.pb.Library.$Shape} Library
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): p2pd.pb.Library & p2pd.pb.Library.$Shape;

            /**
             * Verifies a Library message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace Library {

            /** Properties of a Library. */
            interface $Properties {

                /** Library name */
                name: string;

                /** Library version */
                version: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Library. */
            type $Shape = p2pd.pb.Library.$Properties;
        }
    }
}
