/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError, $Array = $util.global.Array;

const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const kad = $root.kad = (() => {

    const kad = {};

    kad.pb = (function() {

        const pb = {};

        pb.Record = (function() {

            const Record = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Record.prototype.key = null;
            Record.prototype.value = null;
            Record.prototype.timeReceived = null;

            Record.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                    writer.uint32(10).bytes(message.key);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    writer.uint32(18).bytes(message.value);
                if (message.timeReceived != null && $Object.hasOwnProperty.call(message, "timeReceived"))
                    writer.uint32(42).string(message.timeReceived);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Record.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.kad.pb.Record();
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
                            message.key = reader.bytes();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.value = reader.bytes();
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.timeReceived = reader.string();
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

            Record.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                    if (!(message.key && typeof message.key.length === "number" || $util.isString(message.key)))
                        return "key: buffer expected";
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    if (!(message.value && typeof message.value.length === "number" || $util.isString(message.value)))
                        return "value: buffer expected";
                if (message.timeReceived != null && $Object.hasOwnProperty.call(message, "timeReceived"))
                    if (!$util.isString(message.timeReceived))
                        return "timeReceived: string expected";
                return null;
            };

            return Record;
        })();

        pb.Message = (function() {

            const Message = function (properties) {
                this.closerPeers = [];
                this.providerPeers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Message.prototype.type = null;
            Message.prototype.clusterLevelRaw = null;
            Message.prototype.key = null;
            Message.prototype.record = null;
            Message.prototype.closerPeers = $util.emptyArray;
            Message.prototype.providerPeers = $util.emptyArray;

            Message.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                    writer.uint32(8).int32(message.type);
                if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                    writer.uint32(18).bytes(message.key);
                if (message.record != null && $Object.hasOwnProperty.call(message, "record"))
                    $root.kad.pb.Record.encode(message.record, writer.uint32(26).fork(), _depth + 1).ldelim();
                if (message.closerPeers != null && message.closerPeers.length)
                    for (let i = 0; i < message.closerPeers.length; ++i)
                        $root.kad.pb.Message.Peer.encode(message.closerPeers[i], writer.uint32(66).fork(), _depth + 1).ldelim();
                if (message.providerPeers != null && message.providerPeers.length)
                    for (let i = 0; i < message.providerPeers.length; ++i)
                        $root.kad.pb.Message.Peer.encode(message.providerPeers[i], writer.uint32(74).fork(), _depth + 1).ldelim();
                if (message.clusterLevelRaw != null && $Object.hasOwnProperty.call(message, "clusterLevelRaw"))
                    writer.uint32(80).int32(message.clusterLevelRaw);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Message.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.kad.pb.Message();
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
                    case 10: {
                            if (wireType !== 0)
                                break;
                            message.clusterLevelRaw = reader.int32();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.key = reader.bytes();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.record = $root.kad.pb.Record.decode(reader, reader.size(), $undefined, _depth + 1, message.record);
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.closerPeers && message.closerPeers.length))
                                message.closerPeers = [];
                            message.closerPeers.push($root.kad.pb.Message.Peer.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if (!(message.providerPeers && message.providerPeers.length))
                                message.providerPeers = [];
                            message.providerPeers.push($root.kad.pb.Message.Peer.decode(reader, reader.size(), $undefined, _depth + 1));
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

            Message.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                    if (typeof message.type !== "number" || (message.type | 0) !== message.type)
                        return "type: enum value expected";
                if (message.clusterLevelRaw != null && $Object.hasOwnProperty.call(message, "clusterLevelRaw"))
                    if (!$util.isInteger(message.clusterLevelRaw))
                        return "clusterLevelRaw: integer expected";
                if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                    if (!(message.key && typeof message.key.length === "number" || $util.isString(message.key)))
                        return "key: buffer expected";
                if (message.record != null && $Object.hasOwnProperty.call(message, "record")) {
                    let error = $root.kad.pb.Record.verify(message.record, _depth + 1);
                    if (error)
                        return "record." + error;
                }
                if (message.closerPeers != null && $Object.hasOwnProperty.call(message, "closerPeers")) {
                    if (!$Array.isArray(message.closerPeers))
                        return "closerPeers: array expected";
                    for (let i = 0; i < message.closerPeers.length; ++i) {
                        let error = $root.kad.pb.Message.Peer.verify(message.closerPeers[i], _depth + 1);
                        if (error)
                            return "closerPeers." + error;
                    }
                }
                if (message.providerPeers != null && $Object.hasOwnProperty.call(message, "providerPeers")) {
                    if (!$Array.isArray(message.providerPeers))
                        return "providerPeers: array expected";
                    for (let i = 0; i < message.providerPeers.length; ++i) {
                        let error = $root.kad.pb.Message.Peer.verify(message.providerPeers[i], _depth + 1);
                        if (error)
                            return "providerPeers." + error;
                    }
                }
                return null;
            };

            Message.MessageType = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "PUT_VALUE"] = 0;
                values[valuesById[1] = "GET_VALUE"] = 1;
                values[valuesById[2] = "ADD_PROVIDER"] = 2;
                values[valuesById[3] = "GET_PROVIDERS"] = 3;
                values[valuesById[4] = "FIND_NODE"] = 4;
                values[valuesById[5] = "PING"] = 5;
                return values;
            })();

            Message.ConnectionType = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "NOT_CONNECTED"] = 0;
                values[valuesById[1] = "CONNECTED"] = 1;
                values[valuesById[2] = "CAN_CONNECT"] = 2;
                values[valuesById[3] = "CANNOT_CONNECT"] = 3;
                return values;
            })();

            Message.Peer = (function() {

                const Peer = function (properties) {
                    this.addrs = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Peer.prototype.id = null;
                Peer.prototype.addrs = $util.emptyArray;
                Peer.prototype.connection = null;

                Peer.encode = function (message, writer, _depth) {
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
                    if (message.connection != null && $Object.hasOwnProperty.call(message, "connection"))
                        writer.uint32(24).int32(message.connection);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Peer.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.kad.pb.Message.Peer();
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
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                message.connection = reader.int32();
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

                Peer.verify = function (message, _depth) {
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
                    if (message.connection != null && $Object.hasOwnProperty.call(message, "connection"))
                        if (typeof message.connection !== "number" || (message.connection | 0) !== message.connection)
                            return "connection: enum value expected";
                    return null;
                };

                return Peer;
            })();

            return Message;
        })();

        return pb;
    })();

    return kad;
})();

export {
  $root as default
};
