/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError, $Array = $util.global.Array;

const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const libp2p = $root.libp2p = (() => {

    const libp2p = {};

    libp2p.NoiseHandshakePayload = (function() {

        const NoiseHandshakePayload = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        NoiseHandshakePayload.prototype.identity_key = null;
        NoiseHandshakePayload.prototype.identity_sig = null;
        NoiseHandshakePayload.prototype.extensions = null;

        NoiseHandshakePayload.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.identity_key != null && $Object.hasOwnProperty.call(message, "identity_key"))
                writer.uint32(10).bytes(message.identity_key);
            if (message.identity_sig != null && $Object.hasOwnProperty.call(message, "identity_sig"))
                writer.uint32(18).bytes(message.identity_sig);
            if (message.extensions != null && $Object.hasOwnProperty.call(message, "extensions"))
                $root.libp2p.NoiseExtensions.encode(message.extensions, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        NoiseHandshakePayload.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.libp2p.NoiseHandshakePayload();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.identity_key = reader.bytes();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.identity_sig = reader.bytes();
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.extensions = $root.libp2p.NoiseExtensions.decode(reader, reader.size(), $undefined, _depth + 1, message.extensions);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        NoiseHandshakePayload.verify = function (message, _depth) {
            if (typeof message !== "object" || message === null)
                return "object expected";
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                return "max depth exceeded";
            if (message.identity_key != null && $Object.hasOwnProperty.call(message, "identity_key"))
                if (!(message.identity_key && typeof message.identity_key.length === "number" || $util.isString(message.identity_key)))
                    return "identity_key: buffer expected";
            if (message.identity_sig != null && $Object.hasOwnProperty.call(message, "identity_sig"))
                if (!(message.identity_sig && typeof message.identity_sig.length === "number" || $util.isString(message.identity_sig)))
                    return "identity_sig: buffer expected";
            if (message.extensions != null && $Object.hasOwnProperty.call(message, "extensions")) {
                let error = $root.libp2p.NoiseExtensions.verify(message.extensions, _depth + 1);
                if (error)
                    return "extensions." + error;
            }
            return null;
        };

        return NoiseHandshakePayload;
    })();

    libp2p.NoiseExtensions = (function() {

        const NoiseExtensions = function (properties) {
            this.webtransport_certhashes = [];
            this.stream_muxers = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        NoiseExtensions.prototype.webtransport_certhashes = $util.emptyArray;
        NoiseExtensions.prototype.stream_muxers = $util.emptyArray;

        NoiseExtensions.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.webtransport_certhashes != null && message.webtransport_certhashes.length)
                for (let i = 0; i < message.webtransport_certhashes.length; ++i)
                    writer.uint32(10).bytes(message.webtransport_certhashes[i]);
            if (message.stream_muxers != null && message.stream_muxers.length)
                for (let i = 0; i < message.stream_muxers.length; ++i)
                    writer.uint32(18).string(message.stream_muxers[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        NoiseExtensions.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.libp2p.NoiseExtensions();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.webtransport_certhashes && message.webtransport_certhashes.length))
                            message.webtransport_certhashes = [];
                        message.webtransport_certhashes.push(reader.bytes());
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.stream_muxers && message.stream_muxers.length))
                            message.stream_muxers = [];
                        message.stream_muxers.push(reader.string());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        NoiseExtensions.verify = function (message, _depth) {
            if (typeof message !== "object" || message === null)
                return "object expected";
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                return "max depth exceeded";
            if (message.webtransport_certhashes != null && $Object.hasOwnProperty.call(message, "webtransport_certhashes")) {
                if (!$Array.isArray(message.webtransport_certhashes))
                    return "webtransport_certhashes: array expected";
                for (let i = 0; i < message.webtransport_certhashes.length; ++i)
                    if (!(message.webtransport_certhashes[i] && typeof message.webtransport_certhashes[i].length === "number" || $util.isString(message.webtransport_certhashes[i])))
                        return "webtransport_certhashes: buffer[] expected";
            }
            if (message.stream_muxers != null && $Object.hasOwnProperty.call(message, "stream_muxers")) {
                if (!$Array.isArray(message.stream_muxers))
                    return "stream_muxers: array expected";
                for (let i = 0; i < message.stream_muxers.length; ++i)
                    if (!$util.isString(message.stream_muxers[i]))
                        return "stream_muxers: string[] expected";
            }
            return null;
        };

        return NoiseExtensions;
    })();

    libp2p.HopMessage = (function() {

        const HopMessage = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        HopMessage.prototype.type = null;
        HopMessage.prototype.peer = null;
        HopMessage.prototype.reservation = null;
        HopMessage.prototype.limit = null;
        HopMessage.prototype.status = null;

        HopMessage.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                writer.uint32(8).int32(message.type);
            if (message.peer != null && $Object.hasOwnProperty.call(message, "peer"))
                $root.libp2p.CircuitPeer.encode(message.peer, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.reservation != null && $Object.hasOwnProperty.call(message, "reservation"))
                $root.libp2p.Reservation.encode(message.reservation, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.limit != null && $Object.hasOwnProperty.call(message, "limit"))
                $root.libp2p.CircuitLimit.encode(message.limit, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                writer.uint32(40).int32(message.status);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        HopMessage.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.libp2p.HopMessage();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.type = reader.int32();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.peer = $root.libp2p.CircuitPeer.decode(reader, reader.size(), $undefined, _depth + 1, message.peer);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.reservation = $root.libp2p.Reservation.decode(reader, reader.size(), $undefined, _depth + 1, message.reservation);
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.limit = $root.libp2p.CircuitLimit.decode(reader, reader.size(), $undefined, _depth + 1, message.limit);
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message.status = reader.int32();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        HopMessage.verify = function (message, _depth) {
            if (typeof message !== "object" || message === null)
                return "object expected";
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                return "max depth exceeded";
            if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                if (typeof message.type !== "number" || (message.type | 0) !== message.type)
                    return "type: enum value expected";
            if (message.peer != null && $Object.hasOwnProperty.call(message, "peer")) {
                let error = $root.libp2p.CircuitPeer.verify(message.peer, _depth + 1);
                if (error)
                    return "peer." + error;
            }
            if (message.reservation != null && $Object.hasOwnProperty.call(message, "reservation")) {
                let error = $root.libp2p.Reservation.verify(message.reservation, _depth + 1);
                if (error)
                    return "reservation." + error;
            }
            if (message.limit != null && $Object.hasOwnProperty.call(message, "limit")) {
                let error = $root.libp2p.CircuitLimit.verify(message.limit, _depth + 1);
                if (error)
                    return "limit." + error;
            }
            if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                if (typeof message.status !== "number" || (message.status | 0) !== message.status)
                    return "status: enum value expected";
            return null;
        };

        HopMessage.Type = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "RESERVE"] = 0;
            values[valuesById[1] = "CONNECT"] = 1;
            values[valuesById[2] = "STATUS"] = 2;
            return values;
        })();

        return HopMessage;
    })();

    libp2p.StopMessage = (function() {

        const StopMessage = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        StopMessage.prototype.type = null;
        StopMessage.prototype.peer = null;
        StopMessage.prototype.limit = null;
        StopMessage.prototype.status = null;

        StopMessage.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                writer.uint32(8).int32(message.type);
            if (message.peer != null && $Object.hasOwnProperty.call(message, "peer"))
                $root.libp2p.CircuitPeer.encode(message.peer, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.limit != null && $Object.hasOwnProperty.call(message, "limit"))
                $root.libp2p.CircuitLimit.encode(message.limit, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                writer.uint32(32).int32(message.status);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        StopMessage.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.libp2p.StopMessage();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.type = reader.int32();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.peer = $root.libp2p.CircuitPeer.decode(reader, reader.size(), $undefined, _depth + 1, message.peer);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.limit = $root.libp2p.CircuitLimit.decode(reader, reader.size(), $undefined, _depth + 1, message.limit);
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.status = reader.int32();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        StopMessage.verify = function (message, _depth) {
            if (typeof message !== "object" || message === null)
                return "object expected";
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                return "max depth exceeded";
            if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                if (typeof message.type !== "number" || (message.type | 0) !== message.type)
                    return "type: enum value expected";
            if (message.peer != null && $Object.hasOwnProperty.call(message, "peer")) {
                let error = $root.libp2p.CircuitPeer.verify(message.peer, _depth + 1);
                if (error)
                    return "peer." + error;
            }
            if (message.limit != null && $Object.hasOwnProperty.call(message, "limit")) {
                let error = $root.libp2p.CircuitLimit.verify(message.limit, _depth + 1);
                if (error)
                    return "limit." + error;
            }
            if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                if (typeof message.status !== "number" || (message.status | 0) !== message.status)
                    return "status: enum value expected";
            return null;
        };

        StopMessage.Type = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "CONNECT"] = 0;
            values[valuesById[1] = "STATUS"] = 1;
            return values;
        })();

        return StopMessage;
    })();

    libp2p.CircuitPeer = (function() {

        const CircuitPeer = function (properties) {
            this.addrs = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        CircuitPeer.prototype.id = null;
        CircuitPeer.prototype.addrs = $util.emptyArray;

        CircuitPeer.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                writer.uint32(10).bytes(message.id);
            if (message.addrs != null && message.addrs.length)
                for (let i = 0; i < message.addrs.length; ++i)
                    writer.uint32(18).bytes(message.addrs[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        CircuitPeer.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.libp2p.CircuitPeer();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.id = reader.bytes();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.addrs && message.addrs.length))
                            message.addrs = [];
                        message.addrs.push(reader.bytes());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        CircuitPeer.verify = function (message, _depth) {
            if (typeof message !== "object" || message === null)
                return "object expected";
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                return "max depth exceeded";
            if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                if (!(message.id && typeof message.id.length === "number" || $util.isString(message.id)))
                    return "id: buffer expected";
            if (message.addrs != null && $Object.hasOwnProperty.call(message, "addrs")) {
                if (!$Array.isArray(message.addrs))
                    return "addrs: array expected";
                for (let i = 0; i < message.addrs.length; ++i)
                    if (!(message.addrs[i] && typeof message.addrs[i].length === "number" || $util.isString(message.addrs[i])))
                        return "addrs: buffer[] expected";
            }
            return null;
        };

        return CircuitPeer;
    })();

    libp2p.Reservation = (function() {

        const Reservation = function (properties) {
            this.addrs = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Reservation.prototype.expire = null;
        Reservation.prototype.addrs = $util.emptyArray;
        Reservation.prototype.voucher = null;

        Reservation.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.expire != null && $Object.hasOwnProperty.call(message, "expire"))
                writer.uint32(8).uint64(message.expire);
            if (message.addrs != null && message.addrs.length)
                for (let i = 0; i < message.addrs.length; ++i)
                    writer.uint32(18).bytes(message.addrs[i]);
            if (message.voucher != null && $Object.hasOwnProperty.call(message, "voucher"))
                writer.uint32(26).bytes(message.voucher);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Reservation.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.libp2p.Reservation();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.expire = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.addrs && message.addrs.length))
                            message.addrs = [];
                        message.addrs.push(reader.bytes());
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.voucher = reader.bytes();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        Reservation.verify = function (message, _depth) {
            if (typeof message !== "object" || message === null)
                return "object expected";
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                return "max depth exceeded";
            if (message.expire != null && $Object.hasOwnProperty.call(message, "expire"))
                if (!$util.isInteger(message.expire) && !(message.expire && $util.isInteger(message.expire.low) && $util.isInteger(message.expire.high)))
                    return "expire: integer|Long expected";
            if (message.addrs != null && $Object.hasOwnProperty.call(message, "addrs")) {
                if (!$Array.isArray(message.addrs))
                    return "addrs: array expected";
                for (let i = 0; i < message.addrs.length; ++i)
                    if (!(message.addrs[i] && typeof message.addrs[i].length === "number" || $util.isString(message.addrs[i])))
                        return "addrs: buffer[] expected";
            }
            if (message.voucher != null && $Object.hasOwnProperty.call(message, "voucher"))
                if (!(message.voucher && typeof message.voucher.length === "number" || $util.isString(message.voucher)))
                    return "voucher: buffer expected";
            return null;
        };

        return Reservation;
    })();

    libp2p.ReservationVoucher = (function() {

        const ReservationVoucher = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        ReservationVoucher.prototype.relay = null;
        ReservationVoucher.prototype.peer = null;
        ReservationVoucher.prototype.expiration = null;

        ReservationVoucher.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.relay != null && $Object.hasOwnProperty.call(message, "relay"))
                writer.uint32(10).bytes(message.relay);
            if (message.peer != null && $Object.hasOwnProperty.call(message, "peer"))
                writer.uint32(18).bytes(message.peer);
            if (message.expiration != null && $Object.hasOwnProperty.call(message, "expiration"))
                writer.uint32(24).uint64(message.expiration);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        ReservationVoucher.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.libp2p.ReservationVoucher();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.relay = reader.bytes();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.peer = reader.bytes();
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.expiration = reader.uint64();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        ReservationVoucher.verify = function (message, _depth) {
            if (typeof message !== "object" || message === null)
                return "object expected";
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                return "max depth exceeded";
            if (message.relay != null && $Object.hasOwnProperty.call(message, "relay"))
                if (!(message.relay && typeof message.relay.length === "number" || $util.isString(message.relay)))
                    return "relay: buffer expected";
            if (message.peer != null && $Object.hasOwnProperty.call(message, "peer"))
                if (!(message.peer && typeof message.peer.length === "number" || $util.isString(message.peer)))
                    return "peer: buffer expected";
            if (message.expiration != null && $Object.hasOwnProperty.call(message, "expiration"))
                if (!$util.isInteger(message.expiration) && !(message.expiration && $util.isInteger(message.expiration.low) && $util.isInteger(message.expiration.high)))
                    return "expiration: integer|Long expected";
            return null;
        };

        return ReservationVoucher;
    })();

    libp2p.CircuitLimit = (function() {

        const CircuitLimit = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        CircuitLimit.prototype.duration = null;
        CircuitLimit.prototype.data = null;

        CircuitLimit.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.duration != null && $Object.hasOwnProperty.call(message, "duration"))
                writer.uint32(8).uint32(message.duration);
            if (message.data != null && $Object.hasOwnProperty.call(message, "data"))
                writer.uint32(16).uint64(message.data);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        CircuitLimit.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.libp2p.CircuitLimit();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.duration = reader.uint32();
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.data = reader.uint64();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        CircuitLimit.verify = function (message, _depth) {
            if (typeof message !== "object" || message === null)
                return "object expected";
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                return "max depth exceeded";
            if (message.duration != null && $Object.hasOwnProperty.call(message, "duration"))
                if (!$util.isInteger(message.duration))
                    return "duration: integer expected";
            if (message.data != null && $Object.hasOwnProperty.call(message, "data"))
                if (!$util.isInteger(message.data) && !(message.data && $util.isInteger(message.data.low) && $util.isInteger(message.data.high)))
                    return "data: integer|Long expected";
            return null;
        };

        return CircuitLimit;
    })();

    libp2p.CircuitStatus = (function() {
        const valuesById = $Object.create(null), values = $Object.create(valuesById);
        values[valuesById[0] = "UNUSED"] = 0;
        values[valuesById[100] = "OK"] = 100;
        values[valuesById[200] = "RESERVATION_REFUSED"] = 200;
        values[valuesById[201] = "RESOURCE_LIMIT_EXCEEDED"] = 201;
        values[valuesById[202] = "PERMISSION_DENIED"] = 202;
        values[valuesById[203] = "CONNECTION_FAILED"] = 203;
        values[valuesById[204] = "NO_RESERVATION"] = 204;
        values[valuesById[400] = "MALFORMED_MESSAGE"] = 400;
        values[valuesById[401] = "UNEXPECTED_MESSAGE"] = 401;
        return values;
    })();

    libp2p.AutoNatMessage = (function() {

        const AutoNatMessage = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        AutoNatMessage.prototype.type = null;
        AutoNatMessage.prototype.dial = null;
        AutoNatMessage.prototype.dialResponse = null;

        AutoNatMessage.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                writer.uint32(8).int32(message.type);
            if (message.dial != null && $Object.hasOwnProperty.call(message, "dial"))
                $root.libp2p.AutoNatMessage.Dial.encode(message.dial, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.dialResponse != null && $Object.hasOwnProperty.call(message, "dialResponse"))
                $root.libp2p.AutoNatMessage.DialResponse.encode(message.dialResponse, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        AutoNatMessage.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.libp2p.AutoNatMessage();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.type = reader.int32();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.dial = $root.libp2p.AutoNatMessage.Dial.decode(reader, reader.size(), $undefined, _depth + 1, message.dial);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.dialResponse = $root.libp2p.AutoNatMessage.DialResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.dialResponse);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        AutoNatMessage.verify = function (message, _depth) {
            if (typeof message !== "object" || message === null)
                return "object expected";
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                return "max depth exceeded";
            if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                if (typeof message.type !== "number" || (message.type | 0) !== message.type)
                    return "type: enum value expected";
            if (message.dial != null && $Object.hasOwnProperty.call(message, "dial")) {
                let error = $root.libp2p.AutoNatMessage.Dial.verify(message.dial, _depth + 1);
                if (error)
                    return "dial." + error;
            }
            if (message.dialResponse != null && $Object.hasOwnProperty.call(message, "dialResponse")) {
                let error = $root.libp2p.AutoNatMessage.DialResponse.verify(message.dialResponse, _depth + 1);
                if (error)
                    return "dialResponse." + error;
            }
            return null;
        };

        AutoNatMessage.Type = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "DIAL"] = 0;
            values[valuesById[1] = "DIAL_RESPONSE"] = 1;
            return values;
        })();

        AutoNatMessage.Status = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "OK"] = 0;
            values[valuesById[100] = "E_DIAL_ERROR"] = 100;
            values[valuesById[101] = "E_DIAL_REFUSED"] = 101;
            values[valuesById[200] = "E_BAD_REQUEST"] = 200;
            values[valuesById[300] = "E_INTERNAL_ERROR"] = 300;
            return values;
        })();

        AutoNatMessage.PeerInfo = (function() {

            const PeerInfo = function (properties) {
                this.addrs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PeerInfo.prototype.id = null;
            PeerInfo.prototype.addrs = $util.emptyArray;

            PeerInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    writer.uint32(10).bytes(message.id);
                if (message.addrs != null && message.addrs.length)
                    for (let i = 0; i < message.addrs.length; ++i)
                        writer.uint32(18).bytes(message.addrs[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PeerInfo.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.libp2p.AutoNatMessage.PeerInfo();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.id = reader.bytes();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.addrs && message.addrs.length))
                                message.addrs = [];
                            message.addrs.push(reader.bytes());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            PeerInfo.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    if (!(message.id && typeof message.id.length === "number" || $util.isString(message.id)))
                        return "id: buffer expected";
                if (message.addrs != null && $Object.hasOwnProperty.call(message, "addrs")) {
                    if (!$Array.isArray(message.addrs))
                        return "addrs: array expected";
                    for (let i = 0; i < message.addrs.length; ++i)
                        if (!(message.addrs[i] && typeof message.addrs[i].length === "number" || $util.isString(message.addrs[i])))
                            return "addrs: buffer[] expected";
                }
                return null;
            };

            return PeerInfo;
        })();

        AutoNatMessage.Dial = (function() {

            const Dial = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Dial.prototype.peer = null;

            Dial.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.peer != null && $Object.hasOwnProperty.call(message, "peer"))
                    $root.libp2p.AutoNatMessage.PeerInfo.encode(message.peer, writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Dial.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.libp2p.AutoNatMessage.Dial();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.peer = $root.libp2p.AutoNatMessage.PeerInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.peer);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            Dial.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.peer != null && $Object.hasOwnProperty.call(message, "peer")) {
                    let error = $root.libp2p.AutoNatMessage.PeerInfo.verify(message.peer, _depth + 1);
                    if (error)
                        return "peer." + error;
                }
                return null;
            };

            return Dial;
        })();

        AutoNatMessage.DialResponse = (function() {

            const DialResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            DialResponse.prototype.status = null;
            DialResponse.prototype.statusText = null;
            DialResponse.prototype.addr = null;

            DialResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                    writer.uint32(8).int32(message.status);
                if (message.statusText != null && $Object.hasOwnProperty.call(message, "statusText"))
                    writer.uint32(18).string(message.statusText);
                if (message.addr != null && $Object.hasOwnProperty.call(message, "addr"))
                    writer.uint32(26).bytes(message.addr);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            DialResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.libp2p.AutoNatMessage.DialResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.status = reader.int32();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.statusText = reader.string();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.addr = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            DialResponse.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                    if (typeof message.status !== "number" || (message.status | 0) !== message.status)
                        return "status: enum value expected";
                if (message.statusText != null && $Object.hasOwnProperty.call(message, "statusText"))
                    if (!$util.isString(message.statusText))
                        return "statusText: string expected";
                if (message.addr != null && $Object.hasOwnProperty.call(message, "addr"))
                    if (!(message.addr && typeof message.addr.length === "number" || $util.isString(message.addr)))
                        return "addr: buffer expected";
                return null;
            };

            return DialResponse;
        })();

        return AutoNatMessage;
    })();

    libp2p.HolePunch = (function() {

        const HolePunch = function (properties) {
            this.ObsAddrs = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        HolePunch.prototype.type = null;
        HolePunch.prototype.ObsAddrs = $util.emptyArray;

        HolePunch.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                writer.uint32(8).int32(message.type);
            if (message.ObsAddrs != null && message.ObsAddrs.length)
                for (let i = 0; i < message.ObsAddrs.length; ++i)
                    writer.uint32(18).bytes(message.ObsAddrs[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        HolePunch.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.libp2p.HolePunch();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.type = reader.int32();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.ObsAddrs && message.ObsAddrs.length))
                            message.ObsAddrs = [];
                        message.ObsAddrs.push(reader.bytes());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        HolePunch.verify = function (message, _depth) {
            if (typeof message !== "object" || message === null)
                return "object expected";
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                return "max depth exceeded";
            if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                if (typeof message.type !== "number" || (message.type | 0) !== message.type)
                    return "type: enum value expected";
            if (message.ObsAddrs != null && $Object.hasOwnProperty.call(message, "ObsAddrs")) {
                if (!$Array.isArray(message.ObsAddrs))
                    return "ObsAddrs: array expected";
                for (let i = 0; i < message.ObsAddrs.length; ++i)
                    if (!(message.ObsAddrs[i] && typeof message.ObsAddrs[i].length === "number" || $util.isString(message.ObsAddrs[i])))
                        return "ObsAddrs: buffer[] expected";
            }
            return null;
        };

        HolePunch.Type = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "UNUSED"] = 0;
            values[valuesById[100] = "CONNECT"] = 100;
            values[valuesById[300] = "SYNC"] = 300;
            return values;
        })();

        return HolePunch;
    })();

    return libp2p;
})();

export {
  $root as default
};
