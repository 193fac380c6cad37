import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace libp2p. */
export namespace libp2p {

    /**
     * Properties of a NoiseHandshakePayload.
     * @deprecated Use libp2p.NoiseHandshakePayload.$Properties instead.
     */
    interface INoiseHandshakePayload extends libp2p.NoiseHandshakePayload.$Properties {
    }

    /** Represents a NoiseHandshakePayload. */
    class NoiseHandshakePayload {

        /**
         * Constructs a new NoiseHandshakePayload.
         * @param [properties] Properties to set
         */
        constructor(properties?: libp2p.NoiseHandshakePayload.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** NoiseHandshakePayload identity_key. */
        identity_key: (Uint8Array|null);

        /** NoiseHandshakePayload identity_sig. */
        identity_sig: (Uint8Array|null);

        /** NoiseHandshakePayload extensions. */
        extensions: (libp2p.NoiseExtensions|null);

        /**
         * Encodes the specified NoiseHandshakePayload message. Does not implicitly {@link libp2p.NoiseHandshakePayload.verify|verify} messages.
         * @param message NoiseHandshakePayload message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: libp2p.NoiseHandshakePayload.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a NoiseHandshakePayload message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {libp2p.NoiseHandshakePayload & libp2p.NoiseHandshakePayload.$Shape} NoiseHandshakePayload
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): libp2p.NoiseHandshakePayload & libp2p.NoiseHandshakePayload.$Shape;

        /**
         * Verifies a NoiseHandshakePayload message.
         * @param message Plain object to verify
         * @returns `null` if valid, otherwise the reason why it is not
         */
        static verify(message: { [k: string]: any }): (string|null);
    }

    namespace NoiseHandshakePayload {

        /** Properties of a NoiseHandshakePayload. */
        interface $Properties {

            /** NoiseHandshakePayload identity_key */
            identity_key?: (Uint8Array|null);

            /** NoiseHandshakePayload identity_sig */
            identity_sig?: (Uint8Array|null);

            /** NoiseHandshakePayload extensions */
            extensions?: (libp2p.NoiseExtensions.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a NoiseHandshakePayload. */
        type $Shape = libp2p.NoiseHandshakePayload.$Properties;
    }

    /**
     * Properties of a NoiseExtensions.
     * @deprecated Use libp2p.NoiseExtensions.$Properties instead.
     */
    interface INoiseExtensions extends libp2p.NoiseExtensions.$Properties {
    }

    /** Represents a NoiseExtensions. */
    class NoiseExtensions {

        /**
         * Constructs a new NoiseExtensions.
         * @param [properties] Properties to set
         */
        constructor(properties?: libp2p.NoiseExtensions.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** NoiseExtensions webtransport_certhashes. */
        webtransport_certhashes: Uint8Array[];

        /** NoiseExtensions stream_muxers. */
        stream_muxers: string[];

        /**
         * Encodes the specified NoiseExtensions message. Does not implicitly {@link libp2p.NoiseExtensions.verify|verify} messages.
         * @param message NoiseExtensions message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: libp2p.NoiseExtensions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a NoiseExtensions message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {libp2p.NoiseExtensions & libp2p.NoiseExtensions.$Shape} NoiseExtensions
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): libp2p.NoiseExtensions & libp2p.NoiseExtensions.$Shape;

        /**
         * Verifies a NoiseExtensions message.
         * @param message Plain object to verify
         * @returns `null` if valid, otherwise the reason why it is not
         */
        static verify(message: { [k: string]: any }): (string|null);
    }

    namespace NoiseExtensions {

        /** Properties of a NoiseExtensions. */
        interface $Properties {

            /** NoiseExtensions webtransport_certhashes */
            webtransport_certhashes?: Uint8Array[];

            /** NoiseExtensions stream_muxers */
            stream_muxers?: string[];

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a NoiseExtensions. */
        type $Shape = libp2p.NoiseExtensions.$Properties;
    }

    /**
     * Properties of a HopMessage.
     * @deprecated Use libp2p.HopMessage.$Properties instead.
     */
    interface IHopMessage extends libp2p.HopMessage.$Properties {
    }

    /** Represents a HopMessage. */
    class HopMessage {

        /**
         * Constructs a new HopMessage.
         * @param [properties] Properties to set
         */
        constructor(properties?: libp2p.HopMessage.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HopMessage type. */
        type: (libp2p.HopMessage.Type|null);

        /** HopMessage peer. */
        peer: (libp2p.CircuitPeer|null);

        /** HopMessage reservation. */
        reservation: (libp2p.Reservation|null);

        /** HopMessage limit. */
        limit: (libp2p.CircuitLimit|null);

        /** HopMessage status. */
        status: (libp2p.CircuitStatus|null);

        /**
         * Encodes the specified HopMessage message. Does not implicitly {@link libp2p.HopMessage.verify|verify} messages.
         * @param message HopMessage message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: libp2p.HopMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HopMessage message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {libp2p.HopMessage & libp2p.HopMessage.$Shape} HopMessage
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): libp2p.HopMessage & libp2p.HopMessage.$Shape;

        /**
         * Verifies a HopMessage message.
         * @param message Plain object to verify
         * @returns `null` if valid, otherwise the reason why it is not
         */
        static verify(message: { [k: string]: any }): (string|null);
    }

    namespace HopMessage {

        /** Properties of a HopMessage. */
        interface $Properties {

            /** HopMessage type */
            type?: (libp2p.HopMessage.Type|null);

            /** HopMessage peer */
            peer?: (libp2p.CircuitPeer.$Properties|null);

            /** HopMessage reservation */
            reservation?: (libp2p.Reservation.$Properties|null);

            /** HopMessage limit */
            limit?: (libp2p.CircuitLimit.$Properties|null);

            /** HopMessage status */
            status?: (libp2p.CircuitStatus|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HopMessage. */
        type $Shape = libp2p.HopMessage.$Properties;

        /** Type enum. */
        enum Type {

            /** RESERVE value */
            RESERVE = 0,

            /** CONNECT value */
            CONNECT = 1,

            /** STATUS value */
            STATUS = 2
        }
    }

    /**
     * Properties of a StopMessage.
     * @deprecated Use libp2p.StopMessage.$Properties instead.
     */
    interface IStopMessage extends libp2p.StopMessage.$Properties {
    }

    /** Represents a StopMessage. */
    class StopMessage {

        /**
         * Constructs a new StopMessage.
         * @param [properties] Properties to set
         */
        constructor(properties?: libp2p.StopMessage.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StopMessage type. */
        type: (libp2p.StopMessage.Type|null);

        /** StopMessage peer. */
        peer: (libp2p.CircuitPeer|null);

        /** StopMessage limit. */
        limit: (libp2p.CircuitLimit|null);

        /** StopMessage status. */
        status: (libp2p.CircuitStatus|null);

        /**
         * Encodes the specified StopMessage message. Does not implicitly {@link libp2p.StopMessage.verify|verify} messages.
         * @param message StopMessage message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: libp2p.StopMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StopMessage message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {libp2p.StopMessage & libp2p.StopMessage.$Shape} StopMessage
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): libp2p.StopMessage & libp2p.StopMessage.$Shape;

        /**
         * Verifies a StopMessage message.
         * @param message Plain object to verify
         * @returns `null` if valid, otherwise the reason why it is not
         */
        static verify(message: { [k: string]: any }): (string|null);
    }

    namespace StopMessage {

        /** Properties of a StopMessage. */
        interface $Properties {

            /** StopMessage type */
            type?: (libp2p.StopMessage.Type|null);

            /** StopMessage peer */
            peer?: (libp2p.CircuitPeer.$Properties|null);

            /** StopMessage limit */
            limit?: (libp2p.CircuitLimit.$Properties|null);

            /** StopMessage status */
            status?: (libp2p.CircuitStatus|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StopMessage. */
        type $Shape = libp2p.StopMessage.$Properties;

        /** Type enum. */
        enum Type {

            /** CONNECT value */
            CONNECT = 0,

            /** STATUS value */
            STATUS = 1
        }
    }

    /**
     * Properties of a CircuitPeer.
     * @deprecated Use libp2p.CircuitPeer.$Properties instead.
     */
    interface ICircuitPeer extends libp2p.CircuitPeer.$Properties {
    }

    /** Represents a CircuitPeer. */
    class CircuitPeer {

        /**
         * Constructs a new CircuitPeer.
         * @param [properties] Properties to set
         */
        constructor(properties?: libp2p.CircuitPeer.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** CircuitPeer id. */
        id: (Uint8Array|null);

        /** CircuitPeer addrs. */
        addrs: Uint8Array[];

        /**
         * Encodes the specified CircuitPeer message. Does not implicitly {@link libp2p.CircuitPeer.verify|verify} messages.
         * @param message CircuitPeer message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: libp2p.CircuitPeer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a CircuitPeer message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {libp2p.CircuitPeer & libp2p.CircuitPeer.$Shape} CircuitPeer
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): libp2p.CircuitPeer & libp2p.CircuitPeer.$Shape;

        /**
         * Verifies a CircuitPeer message.
         * @param message Plain object to verify
         * @returns `null` if valid, otherwise the reason why it is not
         */
        static verify(message: { [k: string]: any }): (string|null);
    }

    namespace CircuitPeer {

        /** Properties of a CircuitPeer. */
        interface $Properties {

            /** CircuitPeer id */
            id?: (Uint8Array|null);

            /** CircuitPeer addrs */
            addrs?: Uint8Array[];

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a CircuitPeer. */
        type $Shape = libp2p.CircuitPeer.$Properties;
    }

    /**
     * Properties of a Reservation.
     * @deprecated Use libp2p.Reservation.$Properties instead.
     */
    interface IReservation extends libp2p.Reservation.$Properties {
    }

    /** Represents a Reservation. */
    class Reservation {

        /**
         * Constructs a new Reservation.
         * @param [properties] Properties to set
         */
        constructor(properties?: libp2p.Reservation.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Reservation expire. */
        expire: (number|null);

        /** Reservation addrs. */
        addrs: Uint8Array[];

        /** Reservation voucher. */
        voucher: (Uint8Array|null);

        /**
         * Encodes the specified Reservation message. Does not implicitly {@link libp2p.Reservation.verify|verify} messages.
         * @param message Reservation message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: libp2p.Reservation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Reservation message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {libp2p.Reservation & libp2p.Reservation.$Shape} Reservation
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): libp2p.Reservation & libp2p.Reservation.$Shape;

        /**
         * Verifies a Reservation message.
         * @param message Plain object to verify
         * @returns `null` if valid, otherwise the reason why it is not
         */
        static verify(message: { [k: string]: any }): (string|null);
    }

    namespace Reservation {

        /** Properties of a Reservation. */
        interface $Properties {

            /** Reservation expire */
            expire?: (number|null);

            /** Reservation addrs */
            addrs?: Uint8Array[];

            /** Reservation voucher */
            voucher?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Reservation. */
        type $Shape = libp2p.Reservation.$Properties;
    }

    /**
     * Properties of a ReservationVoucher.
     * @deprecated Use libp2p.ReservationVoucher.$Properties instead.
     */
    interface IReservationVoucher extends libp2p.ReservationVoucher.$Properties {
    }

    /** Represents a ReservationVoucher. */
    class ReservationVoucher {

        /**
         * Constructs a new ReservationVoucher.
         * @param [properties] Properties to set
         */
        constructor(properties?: libp2p.ReservationVoucher.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ReservationVoucher relay. */
        relay: (Uint8Array|null);

        /** ReservationVoucher peer. */
        peer: (Uint8Array|null);

        /** ReservationVoucher expiration. */
        expiration: (number|null);

        /**
         * Encodes the specified ReservationVoucher message. Does not implicitly {@link libp2p.ReservationVoucher.verify|verify} messages.
         * @param message ReservationVoucher message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: libp2p.ReservationVoucher.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ReservationVoucher message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {libp2p.ReservationVoucher & libp2p.ReservationVoucher.$Shape} ReservationVoucher
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): libp2p.ReservationVoucher & libp2p.ReservationVoucher.$Shape;

        /**
         * Verifies a ReservationVoucher message.
         * @param message Plain object to verify
         * @returns `null` if valid, otherwise the reason why it is not
         */
        static verify(message: { [k: string]: any }): (string|null);
    }

    namespace ReservationVoucher {

        /** Properties of a ReservationVoucher. */
        interface $Properties {

            /** ReservationVoucher relay */
            relay?: (Uint8Array|null);

            /** ReservationVoucher peer */
            peer?: (Uint8Array|null);

            /** ReservationVoucher expiration */
            expiration?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ReservationVoucher. */
        type $Shape = libp2p.ReservationVoucher.$Properties;
    }

    /**
     * Properties of a CircuitLimit.
     * @deprecated Use libp2p.CircuitLimit.$Properties instead.
     */
    interface ICircuitLimit extends libp2p.CircuitLimit.$Properties {
    }

    /** Represents a CircuitLimit. */
    class CircuitLimit {

        /**
         * Constructs a new CircuitLimit.
         * @param [properties] Properties to set
         */
        constructor(properties?: libp2p.CircuitLimit.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** CircuitLimit duration. */
        duration: (number|null);

        /** CircuitLimit data. */
        data: (number|null);

        /**
         * Encodes the specified CircuitLimit message. Does not implicitly {@link libp2p.CircuitLimit.verify|verify} messages.
         * @param message CircuitLimit message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: libp2p.CircuitLimit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a CircuitLimit message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {libp2p.CircuitLimit & libp2p.CircuitLimit.$Shape} CircuitLimit
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): libp2p.CircuitLimit & libp2p.CircuitLimit.$Shape;

        /**
         * Verifies a CircuitLimit message.
         * @param message Plain object to verify
         * @returns `null` if valid, otherwise the reason why it is not
         */
        static verify(message: { [k: string]: any }): (string|null);
    }

    namespace CircuitLimit {

        /** Properties of a CircuitLimit. */
        interface $Properties {

            /** CircuitLimit duration */
            duration?: (number|null);

            /** CircuitLimit data */
            data?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a CircuitLimit. */
        type $Shape = libp2p.CircuitLimit.$Properties;
    }

    /** CircuitStatus enum. */
    enum CircuitStatus {

        /** UNUSED value */
        UNUSED = 0,

        /** OK value */
        OK = 100,

        /** RESERVATION_REFUSED value */
        RESERVATION_REFUSED = 200,

        /** RESOURCE_LIMIT_EXCEEDED value */
        RESOURCE_LIMIT_EXCEEDED = 201,

        /** PERMISSION_DENIED value */
        PERMISSION_DENIED = 202,

        /** CONNECTION_FAILED value */
        CONNECTION_FAILED = 203,

        /** NO_RESERVATION value */
        NO_RESERVATION = 204,

        /** MALFORMED_MESSAGE value */
        MALFORMED_MESSAGE = 400,

        /** UNEXPECTED_MESSAGE value */
        UNEXPECTED_MESSAGE = 401
    }

    /**
     * Properties of an AutoNatMessage.
     * @deprecated Use libp2p.AutoNatMessage.$Properties instead.
     */
    interface IAutoNatMessage extends libp2p.AutoNatMessage.$Properties {
    }

    /** Represents an AutoNatMessage. */
    class AutoNatMessage {

        /**
         * Constructs a new AutoNatMessage.
         * @param [properties] Properties to set
         */
        constructor(properties?: libp2p.AutoNatMessage.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AutoNatMessage type. */
        type: (libp2p.AutoNatMessage.Type|null);

        /** AutoNatMessage dial. */
        dial: (libp2p.AutoNatMessage.Dial|null);

        /** AutoNatMessage dialResponse. */
        dialResponse: (libp2p.AutoNatMessage.DialResponse|null);

        /**
         * Encodes the specified AutoNatMessage message. Does not implicitly {@link libp2p.AutoNatMessage.verify|verify} messages.
         * @param message AutoNatMessage message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: libp2p.AutoNatMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AutoNatMessage message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {libp2p.AutoNatMessage & libp2p.AutoNatMessage.$Shape} AutoNatMessage
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): libp2p.AutoNatMessage & libp2p.AutoNatMessage.$Shape;

        /**
         * Verifies an AutoNatMessage message.
         * @param message Plain object to verify
         * @returns `null` if valid, otherwise the reason why it is not
         */
        static verify(message: { [k: string]: any }): (string|null);
    }

    namespace AutoNatMessage {

        /** Properties of an AutoNatMessage. */
        interface $Properties {

            /** AutoNatMessage type */
            type?: (libp2p.AutoNatMessage.Type|null);

            /** AutoNatMessage dial */
            dial?: (libp2p.AutoNatMessage.Dial.$Properties|null);

            /** AutoNatMessage dialResponse */
            dialResponse?: (libp2p.AutoNatMessage.DialResponse.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AutoNatMessage. */
        type $Shape = libp2p.AutoNatMessage.$Properties;

        /** Type enum. */
        enum Type {

            /** DIAL value */
            DIAL = 0,

            /** DIAL_RESPONSE value */
            DIAL_RESPONSE = 1
        }

        /** Status enum. */
        enum Status {

            /** OK value */
            OK = 0,

            /** E_DIAL_ERROR value */
            E_DIAL_ERROR = 100,

            /** E_DIAL_REFUSED value */
            E_DIAL_REFUSED = 101,

            /** E_BAD_REQUEST value */
            E_BAD_REQUEST = 200,

            /** E_INTERNAL_ERROR value */
            E_INTERNAL_ERROR = 300
        }

        /**
         * Properties of a PeerInfo.
         * @deprecated Use libp2p.AutoNatMessage.PeerInfo.$Properties instead.
         */
        interface IPeerInfo extends libp2p.AutoNatMessage.PeerInfo.$Properties {
        }

        /** Represents a PeerInfo. */
        class PeerInfo {

            /**
             * Constructs a new PeerInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: libp2p.AutoNatMessage.PeerInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PeerInfo id. */
            id: (Uint8Array|null);

            /** PeerInfo addrs. */
            addrs: Uint8Array[];

            /**
             * Encodes the specified PeerInfo message. Does not implicitly {@link libp2p.AutoNatMessage.PeerInfo.verify|verify} messages.
             * @param message PeerInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: libp2p.AutoNatMessage.PeerInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PeerInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {libp2p.AutoNatMessage.PeerInfo & libp2p.AutoNatMessage.PeerInfo.$Shape} PeerInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): libp2p.AutoNatMessage.PeerInfo & libp2p.AutoNatMessage.PeerInfo.$Shape;

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
                id?: (Uint8Array|null);

                /** PeerInfo addrs */
                addrs?: Uint8Array[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PeerInfo. */
            type $Shape = libp2p.AutoNatMessage.PeerInfo.$Properties;
        }

        /**
         * Properties of a Dial.
         * @deprecated Use libp2p.AutoNatMessage.Dial.$Properties instead.
         */
        interface IDial extends libp2p.AutoNatMessage.Dial.$Properties {
        }

        /** Represents a Dial. */
        class Dial {

            /**
             * Constructs a new Dial.
             * @param [properties] Properties to set
             */
            constructor(properties?: libp2p.AutoNatMessage.Dial.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Dial peer. */
            peer: (libp2p.AutoNatMessage.PeerInfo|null);

            /**
             * Encodes the specified Dial message. Does not implicitly {@link libp2p.AutoNatMessage.Dial.verify|verify} messages.
             * @param message Dial message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: libp2p.AutoNatMessage.Dial.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Dial message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {libp2p.AutoNatMessage.Dial & libp2p.AutoNatMessage.Dial.$Shape} Dial
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): libp2p.AutoNatMessage.Dial & libp2p.AutoNatMessage.Dial.$Shape;

            /**
             * Verifies a Dial message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace Dial {

            /** Properties of a Dial. */
            interface $Properties {

                /** Dial peer */
                peer?: (libp2p.AutoNatMessage.PeerInfo.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Dial. */
            type $Shape = libp2p.AutoNatMessage.Dial.$Properties;
        }

        /**
         * Properties of a DialResponse.
         * @deprecated Use libp2p.AutoNatMessage.DialResponse.$Properties instead.
         */
        interface IDialResponse extends libp2p.AutoNatMessage.DialResponse.$Properties {
        }

        /** Represents a DialResponse. */
        class DialResponse {

            /**
             * Constructs a new DialResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: libp2p.AutoNatMessage.DialResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DialResponse status. */
            status: (libp2p.AutoNatMessage.Status|null);

            /** DialResponse statusText. */
            statusText: (string|null);

            /** DialResponse addr. */
            addr: (Uint8Array|null);

            /**
             * Encodes the specified DialResponse message. Does not implicitly {@link libp2p.AutoNatMessage.DialResponse.verify|verify} messages.
             * @param message DialResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: libp2p.AutoNatMessage.DialResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DialResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {libp2p.AutoNatMessage.DialResponse & libp2p.AutoNatMessage.DialResponse.$Shape} DialResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): libp2p.AutoNatMessage.DialResponse & libp2p.AutoNatMessage.DialResponse.$Shape;

            /**
             * Verifies a DialResponse message.
             * @param message Plain object to verify
             * @returns `null` if valid, otherwise the reason why it is not
             */
            static verify(message: { [k: string]: any }): (string|null);
        }

        namespace DialResponse {

            /** Properties of a DialResponse. */
            interface $Properties {

                /** DialResponse status */
                status?: (libp2p.AutoNatMessage.Status|null);

                /** DialResponse statusText */
                statusText?: (string|null);

                /** DialResponse addr */
                addr?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DialResponse. */
            type $Shape = libp2p.AutoNatMessage.DialResponse.$Properties;
        }
    }

    /**
     * Properties of a HolePunch.
     * @deprecated Use libp2p.HolePunch.$Properties instead.
     */
    interface IHolePunch extends libp2p.HolePunch.$Properties {
    }

    /** Represents a HolePunch. */
    class HolePunch {

        /**
         * Constructs a new HolePunch.
         * @param [properties] Properties to set
         */
        constructor(properties?: libp2p.HolePunch.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HolePunch type. */
        type: (libp2p.HolePunch.Type|null);

        /** HolePunch ObsAddrs. */
        ObsAddrs: Uint8Array[];

        /**
         * Encodes the specified HolePunch message. Does not implicitly {@link libp2p.HolePunch.verify|verify} messages.
         * @param message HolePunch message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: libp2p.HolePunch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HolePunch message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {libp2p.HolePunch & libp2p.HolePunch.$Shape} HolePunch
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): libp2p.HolePunch & libp2p.HolePunch.$Shape;

        /**
         * Verifies a HolePunch message.
         * @param message Plain object to verify
         * @returns `null` if valid, otherwise the reason why it is not
         */
        static verify(message: { [k: string]: any }): (string|null);
    }

    namespace HolePunch {

        /** Properties of a HolePunch. */
        interface $Properties {

            /** HolePunch type */
            type?: (libp2p.HolePunch.Type|null);

            /** HolePunch ObsAddrs */
            ObsAddrs?: Uint8Array[];

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HolePunch. */
        type $Shape = libp2p.HolePunch.$Properties;

        /** Type enum. */
        enum Type {

            /** UNUSED value */
            UNUSED = 0,

            /** CONNECT value */
            CONNECT = 100,

            /** SYNC value */
            SYNC = 300
        }
    }
}
