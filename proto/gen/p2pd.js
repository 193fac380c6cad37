/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError, $Array = $util.global.Array;

const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const p2pd = $root.p2pd = (() => {

    const p2pd = {};

    p2pd.pb = (function() {

        const pb = {};

        pb.Request = (function() {

            const Request = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Request.prototype.type = 0;
            Request.prototype.connect = null;
            Request.prototype.streamOpen = null;
            Request.prototype.streamHandler = null;
            Request.prototype.dht = null;
            Request.prototype.connManager = null;
            Request.prototype.disconnect = null;
            Request.prototype.pubsub = null;

            Request.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(8).int32(message.type);
                if (message.connect != null && $Object.hasOwnProperty.call(message, "connect"))
                    $root.p2pd.pb.ConnectRequest.encode(message.connect, writer.uint32(18).fork(), _depth + 1).ldelim();
                if (message.streamOpen != null && $Object.hasOwnProperty.call(message, "streamOpen"))
                    $root.p2pd.pb.StreamOpenRequest.encode(message.streamOpen, writer.uint32(26).fork(), _depth + 1).ldelim();
                if (message.streamHandler != null && $Object.hasOwnProperty.call(message, "streamHandler"))
                    $root.p2pd.pb.StreamHandlerRequest.encode(message.streamHandler, writer.uint32(34).fork(), _depth + 1).ldelim();
                if (message.dht != null && $Object.hasOwnProperty.call(message, "dht"))
                    $root.p2pd.pb.DHTRequest.encode(message.dht, writer.uint32(42).fork(), _depth + 1).ldelim();
                if (message.connManager != null && $Object.hasOwnProperty.call(message, "connManager"))
                    $root.p2pd.pb.ConnManagerRequest.encode(message.connManager, writer.uint32(50).fork(), _depth + 1).ldelim();
                if (message.disconnect != null && $Object.hasOwnProperty.call(message, "disconnect"))
                    $root.p2pd.pb.DisconnectRequest.encode(message.disconnect, writer.uint32(58).fork(), _depth + 1).ldelim();
                if (message.pubsub != null && $Object.hasOwnProperty.call(message, "pubsub"))
                    $root.p2pd.pb.PSRequest.encode(message.pubsub, writer.uint32(66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Request.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.Request();
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
                            message.connect = $root.p2pd.pb.ConnectRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.connect);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.streamOpen = $root.p2pd.pb.StreamOpenRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.streamOpen);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.streamHandler = $root.p2pd.pb.StreamHandlerRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.streamHandler);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.dht = $root.p2pd.pb.DHTRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.dht);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.connManager = $root.p2pd.pb.ConnManagerRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.connManager);
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.disconnect = $root.p2pd.pb.DisconnectRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.disconnect);
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.pubsub = $root.p2pd.pb.PSRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.pubsub);
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
                if (!$Object.hasOwnProperty.call(message, "type"))
                    throw $util.ProtocolError("missing required 'type'", { instance: message });
                return message;
            };

            Request.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (typeof message.type !== "number" || (message.type | 0) !== message.type)
                    return "type: enum value expected";
                if (message.connect != null && $Object.hasOwnProperty.call(message, "connect")) {
                    let error = $root.p2pd.pb.ConnectRequest.verify(message.connect, _depth + 1);
                    if (error)
                        return "connect." + error;
                }
                if (message.streamOpen != null && $Object.hasOwnProperty.call(message, "streamOpen")) {
                    let error = $root.p2pd.pb.StreamOpenRequest.verify(message.streamOpen, _depth + 1);
                    if (error)
                        return "streamOpen." + error;
                }
                if (message.streamHandler != null && $Object.hasOwnProperty.call(message, "streamHandler")) {
                    let error = $root.p2pd.pb.StreamHandlerRequest.verify(message.streamHandler, _depth + 1);
                    if (error)
                        return "streamHandler." + error;
                }
                if (message.dht != null && $Object.hasOwnProperty.call(message, "dht")) {
                    let error = $root.p2pd.pb.DHTRequest.verify(message.dht, _depth + 1);
                    if (error)
                        return "dht." + error;
                }
                if (message.connManager != null && $Object.hasOwnProperty.call(message, "connManager")) {
                    let error = $root.p2pd.pb.ConnManagerRequest.verify(message.connManager, _depth + 1);
                    if (error)
                        return "connManager." + error;
                }
                if (message.disconnect != null && $Object.hasOwnProperty.call(message, "disconnect")) {
                    let error = $root.p2pd.pb.DisconnectRequest.verify(message.disconnect, _depth + 1);
                    if (error)
                        return "disconnect." + error;
                }
                if (message.pubsub != null && $Object.hasOwnProperty.call(message, "pubsub")) {
                    let error = $root.p2pd.pb.PSRequest.verify(message.pubsub, _depth + 1);
                    if (error)
                        return "pubsub." + error;
                }
                return null;
            };

            Request.Type = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "IDENTIFY"] = 0;
                values[valuesById[1] = "CONNECT"] = 1;
                values[valuesById[2] = "STREAM_OPEN"] = 2;
                values[valuesById[3] = "STREAM_HANDLER"] = 3;
                values[valuesById[4] = "DHT"] = 4;
                values[valuesById[5] = "LIST_PEERS"] = 5;
                values[valuesById[6] = "CONNMANAGER"] = 6;
                values[valuesById[7] = "DISCONNECT"] = 7;
                values[valuesById[8] = "PUBSUB"] = 8;
                return values;
            })();

            return Request;
        })();

        pb.Response = (function() {

            const Response = function (properties) {
                this.peers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Response.prototype.type = 0;
            Response.prototype.error = null;
            Response.prototype.streamInfo = null;
            Response.prototype.identify = null;
            Response.prototype.dht = null;
            Response.prototype.peers = $util.emptyArray;
            Response.prototype.pubsub = null;

            Response.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(8).int32(message.type);
                if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                    $root.p2pd.pb.ErrorResponse.encode(message.error, writer.uint32(18).fork(), _depth + 1).ldelim();
                if (message.streamInfo != null && $Object.hasOwnProperty.call(message, "streamInfo"))
                    $root.p2pd.pb.StreamInfo.encode(message.streamInfo, writer.uint32(26).fork(), _depth + 1).ldelim();
                if (message.identify != null && $Object.hasOwnProperty.call(message, "identify"))
                    $root.p2pd.pb.IdentifyResponse.encode(message.identify, writer.uint32(34).fork(), _depth + 1).ldelim();
                if (message.dht != null && $Object.hasOwnProperty.call(message, "dht"))
                    $root.p2pd.pb.DHTResponse.encode(message.dht, writer.uint32(42).fork(), _depth + 1).ldelim();
                if (message.peers != null && message.peers.length)
                    for (let i = 0; i < message.peers.length; ++i)
                        $root.p2pd.pb.PeerInfo.encode(message.peers[i], writer.uint32(50).fork(), _depth + 1).ldelim();
                if (message.pubsub != null && $Object.hasOwnProperty.call(message, "pubsub"))
                    $root.p2pd.pb.PSResponse.encode(message.pubsub, writer.uint32(58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Response.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.Response();
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
                            message.error = $root.p2pd.pb.ErrorResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.streamInfo = $root.p2pd.pb.StreamInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.streamInfo);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.identify = $root.p2pd.pb.IdentifyResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.identify);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.dht = $root.p2pd.pb.DHTResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.dht);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.peers && message.peers.length))
                                message.peers = [];
                            message.peers.push($root.p2pd.pb.PeerInfo.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.pubsub = $root.p2pd.pb.PSResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.pubsub);
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
                if (!$Object.hasOwnProperty.call(message, "type"))
                    throw $util.ProtocolError("missing required 'type'", { instance: message });
                return message;
            };

            Response.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (typeof message.type !== "number" || (message.type | 0) !== message.type)
                    return "type: enum value expected";
                if (message.error != null && $Object.hasOwnProperty.call(message, "error")) {
                    let error = $root.p2pd.pb.ErrorResponse.verify(message.error, _depth + 1);
                    if (error)
                        return "error." + error;
                }
                if (message.streamInfo != null && $Object.hasOwnProperty.call(message, "streamInfo")) {
                    let error = $root.p2pd.pb.StreamInfo.verify(message.streamInfo, _depth + 1);
                    if (error)
                        return "streamInfo." + error;
                }
                if (message.identify != null && $Object.hasOwnProperty.call(message, "identify")) {
                    let error = $root.p2pd.pb.IdentifyResponse.verify(message.identify, _depth + 1);
                    if (error)
                        return "identify." + error;
                }
                if (message.dht != null && $Object.hasOwnProperty.call(message, "dht")) {
                    let error = $root.p2pd.pb.DHTResponse.verify(message.dht, _depth + 1);
                    if (error)
                        return "dht." + error;
                }
                if (message.peers != null && $Object.hasOwnProperty.call(message, "peers")) {
                    if (!$Array.isArray(message.peers))
                        return "peers: array expected";
                    for (let i = 0; i < message.peers.length; ++i) {
                        let error = $root.p2pd.pb.PeerInfo.verify(message.peers[i], _depth + 1);
                        if (error)
                            return "peers." + error;
                    }
                }
                if (message.pubsub != null && $Object.hasOwnProperty.call(message, "pubsub")) {
                    let error = $root.p2pd.pb.PSResponse.verify(message.pubsub, _depth + 1);
                    if (error)
                        return "pubsub." + error;
                }
                return null;
            };

            Response.Type = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "OK"] = 0;
                values[valuesById[1] = "ERROR"] = 1;
                return values;
            })();

            return Response;
        })();

        pb.IdentifyResponse = (function() {

            const IdentifyResponse = function (properties) {
                this.addrs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            IdentifyResponse.prototype.id = $util.newBuffer([]);
            IdentifyResponse.prototype.addrs = $util.emptyArray;

            IdentifyResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(10).bytes(message.id);
                if (message.addrs != null && message.addrs.length)
                    for (let i = 0; i < message.addrs.length; ++i)
                        writer.uint32(18).bytes(message.addrs[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            IdentifyResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.IdentifyResponse();
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
                if (!$Object.hasOwnProperty.call(message, "id"))
                    throw $util.ProtocolError("missing required 'id'", { instance: message });
                return message;
            };

            IdentifyResponse.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
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

            return IdentifyResponse;
        })();

        pb.ConnectRequest = (function() {

            const ConnectRequest = function (properties) {
                this.addrs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            ConnectRequest.prototype.peer = $util.newBuffer([]);
            ConnectRequest.prototype.addrs = $util.emptyArray;
            ConnectRequest.prototype.timeout = null;

            ConnectRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(10).bytes(message.peer);
                if (message.addrs != null && message.addrs.length)
                    for (let i = 0; i < message.addrs.length; ++i)
                        writer.uint32(18).bytes(message.addrs[i]);
                if (message.timeout != null && $Object.hasOwnProperty.call(message, "timeout"))
                    writer.uint32(24).int64(message.timeout);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            ConnectRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.ConnectRequest();
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
                            message.peer = reader.bytes();
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
                            message.timeout = reader.int64();
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
                if (!$Object.hasOwnProperty.call(message, "peer"))
                    throw $util.ProtocolError("missing required 'peer'", { instance: message });
                return message;
            };

            ConnectRequest.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (!(message.peer && typeof message.peer.length === "number" || $util.isString(message.peer)))
                    return "peer: buffer expected";
                if (message.addrs != null && $Object.hasOwnProperty.call(message, "addrs")) {
                    if (!$Array.isArray(message.addrs))
                        return "addrs: array expected";
                    for (let i = 0; i < message.addrs.length; ++i)
                        if (!(message.addrs[i] && typeof message.addrs[i].length === "number" || $util.isString(message.addrs[i])))
                            return "addrs: buffer[] expected";
                }
                if (message.timeout != null && $Object.hasOwnProperty.call(message, "timeout"))
                    if (!$util.isInteger(message.timeout) && !(message.timeout && $util.isInteger(message.timeout.low) && $util.isInteger(message.timeout.high)))
                        return "timeout: integer|Long expected";
                return null;
            };

            return ConnectRequest;
        })();

        pb.StreamOpenRequest = (function() {

            const StreamOpenRequest = function (properties) {
                this.proto = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            StreamOpenRequest.prototype.peer = $util.newBuffer([]);
            StreamOpenRequest.prototype.proto = $util.emptyArray;
            StreamOpenRequest.prototype.timeout = null;

            StreamOpenRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(10).bytes(message.peer);
                if (message.proto != null && message.proto.length)
                    for (let i = 0; i < message.proto.length; ++i)
                        writer.uint32(18).string(message.proto[i]);
                if (message.timeout != null && $Object.hasOwnProperty.call(message, "timeout"))
                    writer.uint32(24).int64(message.timeout);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            StreamOpenRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.StreamOpenRequest();
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
                            message.peer = reader.bytes();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.proto && message.proto.length))
                                message.proto = [];
                            message.proto.push(reader.string());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.timeout = reader.int64();
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
                if (!$Object.hasOwnProperty.call(message, "peer"))
                    throw $util.ProtocolError("missing required 'peer'", { instance: message });
                return message;
            };

            StreamOpenRequest.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (!(message.peer && typeof message.peer.length === "number" || $util.isString(message.peer)))
                    return "peer: buffer expected";
                if (message.proto != null && $Object.hasOwnProperty.call(message, "proto")) {
                    if (!$Array.isArray(message.proto))
                        return "proto: array expected";
                    for (let i = 0; i < message.proto.length; ++i)
                        if (!$util.isString(message.proto[i]))
                            return "proto: string[] expected";
                }
                if (message.timeout != null && $Object.hasOwnProperty.call(message, "timeout"))
                    if (!$util.isInteger(message.timeout) && !(message.timeout && $util.isInteger(message.timeout.low) && $util.isInteger(message.timeout.high)))
                        return "timeout: integer|Long expected";
                return null;
            };

            return StreamOpenRequest;
        })();

        pb.StreamHandlerRequest = (function() {

            const StreamHandlerRequest = function (properties) {
                this.proto = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            StreamHandlerRequest.prototype.addr = $util.newBuffer([]);
            StreamHandlerRequest.prototype.proto = $util.emptyArray;

            StreamHandlerRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(10).bytes(message.addr);
                if (message.proto != null && message.proto.length)
                    for (let i = 0; i < message.proto.length; ++i)
                        writer.uint32(18).string(message.proto[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            StreamHandlerRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.StreamHandlerRequest();
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
                            message.addr = reader.bytes();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.proto && message.proto.length))
                                message.proto = [];
                            message.proto.push(reader.string());
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
                if (!$Object.hasOwnProperty.call(message, "addr"))
                    throw $util.ProtocolError("missing required 'addr'", { instance: message });
                return message;
            };

            StreamHandlerRequest.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (!(message.addr && typeof message.addr.length === "number" || $util.isString(message.addr)))
                    return "addr: buffer expected";
                if (message.proto != null && $Object.hasOwnProperty.call(message, "proto")) {
                    if (!$Array.isArray(message.proto))
                        return "proto: array expected";
                    for (let i = 0; i < message.proto.length; ++i)
                        if (!$util.isString(message.proto[i]))
                            return "proto: string[] expected";
                }
                return null;
            };

            return StreamHandlerRequest;
        })();

        pb.ErrorResponse = (function() {

            const ErrorResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            ErrorResponse.prototype.msg = "";
            ErrorResponse.prototype.code = null;

            ErrorResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(10).string(message.msg);
                if (message.code != null && $Object.hasOwnProperty.call(message, "code"))
                    writer.uint32(802).string(message.code);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            ErrorResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.ErrorResponse();
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
                            message.msg = reader.string();
                            continue;
                        }
                    case 100: {
                            if (wireType !== 2)
                                break;
                            message.code = reader.string();
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
                if (!$Object.hasOwnProperty.call(message, "msg"))
                    throw $util.ProtocolError("missing required 'msg'", { instance: message });
                return message;
            };

            ErrorResponse.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (!$util.isString(message.msg))
                    return "msg: string expected";
                if (message.code != null && $Object.hasOwnProperty.call(message, "code"))
                    if (!$util.isString(message.code))
                        return "code: string expected";
                return null;
            };

            return ErrorResponse;
        })();

        pb.StreamInfo = (function() {

            const StreamInfo = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            StreamInfo.prototype.peer = $util.newBuffer([]);
            StreamInfo.prototype.addr = $util.newBuffer([]);
            StreamInfo.prototype.proto = "";

            StreamInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(10).bytes(message.peer);
                writer.uint32(18).bytes(message.addr);
                writer.uint32(26).string(message.proto);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            StreamInfo.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.StreamInfo();
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
                            message.peer = reader.bytes();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.addr = reader.bytes();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.proto = reader.string();
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
                if (!$Object.hasOwnProperty.call(message, "peer"))
                    throw $util.ProtocolError("missing required 'peer'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "addr"))
                    throw $util.ProtocolError("missing required 'addr'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "proto"))
                    throw $util.ProtocolError("missing required 'proto'", { instance: message });
                return message;
            };

            StreamInfo.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (!(message.peer && typeof message.peer.length === "number" || $util.isString(message.peer)))
                    return "peer: buffer expected";
                if (!(message.addr && typeof message.addr.length === "number" || $util.isString(message.addr)))
                    return "addr: buffer expected";
                if (!$util.isString(message.proto))
                    return "proto: string expected";
                return null;
            };

            return StreamInfo;
        })();

        pb.DHTRequest = (function() {

            const DHTRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            DHTRequest.prototype.type = 0;
            DHTRequest.prototype.peer = null;
            DHTRequest.prototype.cid = null;
            DHTRequest.prototype.key = null;
            DHTRequest.prototype.value = null;
            DHTRequest.prototype.count = null;
            DHTRequest.prototype.timeout = null;

            DHTRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(8).int32(message.type);
                if (message.peer != null && $Object.hasOwnProperty.call(message, "peer"))
                    writer.uint32(18).bytes(message.peer);
                if (message.cid != null && $Object.hasOwnProperty.call(message, "cid"))
                    writer.uint32(26).bytes(message.cid);
                if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                    writer.uint32(34).bytes(message.key);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    writer.uint32(42).bytes(message.value);
                if (message.count != null && $Object.hasOwnProperty.call(message, "count"))
                    writer.uint32(48).int32(message.count);
                if (message.timeout != null && $Object.hasOwnProperty.call(message, "timeout"))
                    writer.uint32(56).int64(message.timeout);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            DHTRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.DHTRequest();
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
                            message.peer = reader.bytes();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.cid = reader.bytes();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.key = reader.bytes();
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.value = reader.bytes();
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            message.count = reader.int32();
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            message.timeout = reader.int64();
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
                if (!$Object.hasOwnProperty.call(message, "type"))
                    throw $util.ProtocolError("missing required 'type'", { instance: message });
                return message;
            };

            DHTRequest.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (typeof message.type !== "number" || (message.type | 0) !== message.type)
                    return "type: enum value expected";
                if (message.peer != null && $Object.hasOwnProperty.call(message, "peer"))
                    if (!(message.peer && typeof message.peer.length === "number" || $util.isString(message.peer)))
                        return "peer: buffer expected";
                if (message.cid != null && $Object.hasOwnProperty.call(message, "cid"))
                    if (!(message.cid && typeof message.cid.length === "number" || $util.isString(message.cid)))
                        return "cid: buffer expected";
                if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                    if (!(message.key && typeof message.key.length === "number" || $util.isString(message.key)))
                        return "key: buffer expected";
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    if (!(message.value && typeof message.value.length === "number" || $util.isString(message.value)))
                        return "value: buffer expected";
                if (message.count != null && $Object.hasOwnProperty.call(message, "count"))
                    if (!$util.isInteger(message.count))
                        return "count: integer expected";
                if (message.timeout != null && $Object.hasOwnProperty.call(message, "timeout"))
                    if (!$util.isInteger(message.timeout) && !(message.timeout && $util.isInteger(message.timeout.low) && $util.isInteger(message.timeout.high)))
                        return "timeout: integer|Long expected";
                return null;
            };

            DHTRequest.Type = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "FIND_PEER"] = 0;
                values[valuesById[1] = "FIND_PEERS_CONNECTED_TO_PEER"] = 1;
                values[valuesById[2] = "FIND_PROVIDERS"] = 2;
                values[valuesById[3] = "GET_CLOSEST_PEERS"] = 3;
                values[valuesById[4] = "GET_PUBLIC_KEY"] = 4;
                values[valuesById[5] = "GET_VALUE"] = 5;
                values[valuesById[6] = "SEARCH_VALUE"] = 6;
                values[valuesById[7] = "PUT_VALUE"] = 7;
                values[valuesById[8] = "PROVIDE"] = 8;
                return values;
            })();

            return DHTRequest;
        })();

        pb.DHTResponse = (function() {

            const DHTResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            DHTResponse.prototype.type = 0;
            DHTResponse.prototype.peer = null;
            DHTResponse.prototype.value = null;

            DHTResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(8).int32(message.type);
                if (message.peer != null && $Object.hasOwnProperty.call(message, "peer"))
                    $root.p2pd.pb.PeerInfo.encode(message.peer, writer.uint32(18).fork(), _depth + 1).ldelim();
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    writer.uint32(26).bytes(message.value);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            DHTResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.DHTResponse();
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
                            message.peer = $root.p2pd.pb.PeerInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.peer);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.value = reader.bytes();
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
                if (!$Object.hasOwnProperty.call(message, "type"))
                    throw $util.ProtocolError("missing required 'type'", { instance: message });
                return message;
            };

            DHTResponse.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (typeof message.type !== "number" || (message.type | 0) !== message.type)
                    return "type: enum value expected";
                if (message.peer != null && $Object.hasOwnProperty.call(message, "peer")) {
                    let error = $root.p2pd.pb.PeerInfo.verify(message.peer, _depth + 1);
                    if (error)
                        return "peer." + error;
                }
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    if (!(message.value && typeof message.value.length === "number" || $util.isString(message.value)))
                        return "value: buffer expected";
                return null;
            };

            DHTResponse.Type = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "BEGIN"] = 0;
                values[valuesById[1] = "VALUE"] = 1;
                values[valuesById[2] = "END"] = 2;
                return values;
            })();

            return DHTResponse;
        })();

        pb.PeerInfo = (function() {

            const PeerInfo = function (properties) {
                this.addrs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PeerInfo.prototype.id = $util.newBuffer([]);
            PeerInfo.prototype.addrs = $util.emptyArray;

            PeerInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
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
                message = _target || new $root.p2pd.pb.PeerInfo();
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
                if (!$Object.hasOwnProperty.call(message, "id"))
                    throw $util.ProtocolError("missing required 'id'", { instance: message });
                return message;
            };

            PeerInfo.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
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

        pb.ConnManagerRequest = (function() {

            const ConnManagerRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            ConnManagerRequest.prototype.type = 0;
            ConnManagerRequest.prototype.peer = null;
            ConnManagerRequest.prototype.tag = null;
            ConnManagerRequest.prototype.weight = null;

            ConnManagerRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(8).int32(message.type);
                if (message.peer != null && $Object.hasOwnProperty.call(message, "peer"))
                    writer.uint32(18).bytes(message.peer);
                if (message.tag != null && $Object.hasOwnProperty.call(message, "tag"))
                    writer.uint32(26).string(message.tag);
                if (message.weight != null && $Object.hasOwnProperty.call(message, "weight"))
                    writer.uint32(32).int64(message.weight);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            ConnManagerRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.ConnManagerRequest();
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
                            message.peer = reader.bytes();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.tag = reader.string();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            message.weight = reader.int64();
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
                if (!$Object.hasOwnProperty.call(message, "type"))
                    throw $util.ProtocolError("missing required 'type'", { instance: message });
                return message;
            };

            ConnManagerRequest.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (typeof message.type !== "number" || (message.type | 0) !== message.type)
                    return "type: enum value expected";
                if (message.peer != null && $Object.hasOwnProperty.call(message, "peer"))
                    if (!(message.peer && typeof message.peer.length === "number" || $util.isString(message.peer)))
                        return "peer: buffer expected";
                if (message.tag != null && $Object.hasOwnProperty.call(message, "tag"))
                    if (!$util.isString(message.tag))
                        return "tag: string expected";
                if (message.weight != null && $Object.hasOwnProperty.call(message, "weight"))
                    if (!$util.isInteger(message.weight) && !(message.weight && $util.isInteger(message.weight.low) && $util.isInteger(message.weight.high)))
                        return "weight: integer|Long expected";
                return null;
            };

            ConnManagerRequest.Type = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "TAG_PEER"] = 0;
                values[valuesById[1] = "UNTAG_PEER"] = 1;
                values[valuesById[2] = "TRIM"] = 2;
                return values;
            })();

            return ConnManagerRequest;
        })();

        pb.DisconnectRequest = (function() {

            const DisconnectRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            DisconnectRequest.prototype.peer = $util.newBuffer([]);

            DisconnectRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(10).bytes(message.peer);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            DisconnectRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.DisconnectRequest();
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
                            message.peer = reader.bytes();
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
                if (!$Object.hasOwnProperty.call(message, "peer"))
                    throw $util.ProtocolError("missing required 'peer'", { instance: message });
                return message;
            };

            DisconnectRequest.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (!(message.peer && typeof message.peer.length === "number" || $util.isString(message.peer)))
                    return "peer: buffer expected";
                return null;
            };

            return DisconnectRequest;
        })();

        pb.PSRequest = (function() {

            const PSRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PSRequest.prototype.type = 0;
            PSRequest.prototype.topic = null;
            PSRequest.prototype.data = null;

            PSRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(8).int32(message.type);
                if (message.topic != null && $Object.hasOwnProperty.call(message, "topic"))
                    writer.uint32(18).string(message.topic);
                if (message.data != null && $Object.hasOwnProperty.call(message, "data"))
                    writer.uint32(26).bytes(message.data);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PSRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.PSRequest();
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
                            message.topic = reader.string();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.data = reader.bytes();
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
                if (!$Object.hasOwnProperty.call(message, "type"))
                    throw $util.ProtocolError("missing required 'type'", { instance: message });
                return message;
            };

            PSRequest.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (typeof message.type !== "number" || (message.type | 0) !== message.type)
                    return "type: enum value expected";
                if (message.topic != null && $Object.hasOwnProperty.call(message, "topic"))
                    if (!$util.isString(message.topic))
                        return "topic: string expected";
                if (message.data != null && $Object.hasOwnProperty.call(message, "data"))
                    if (!(message.data && typeof message.data.length === "number" || $util.isString(message.data)))
                        return "data: buffer expected";
                return null;
            };

            PSRequest.Type = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "GET_TOPICS"] = 0;
                values[valuesById[1] = "LIST_PEERS"] = 1;
                values[valuesById[2] = "PUBLISH"] = 2;
                values[valuesById[3] = "SUBSCRIBE"] = 3;
                return values;
            })();

            return PSRequest;
        })();

        pb.PSMessage = (function() {

            const PSMessage = function (properties) {
                this.topicIDs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PSMessage.prototype.from = null;
            PSMessage.prototype.data = null;
            PSMessage.prototype.seqno = null;
            PSMessage.prototype.topicIDs = $util.emptyArray;
            PSMessage.prototype.signature = null;
            PSMessage.prototype.key = null;

            PSMessage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.from != null && $Object.hasOwnProperty.call(message, "from"))
                    writer.uint32(10).bytes(message.from);
                if (message.data != null && $Object.hasOwnProperty.call(message, "data"))
                    writer.uint32(18).bytes(message.data);
                if (message.seqno != null && $Object.hasOwnProperty.call(message, "seqno"))
                    writer.uint32(26).bytes(message.seqno);
                if (message.topicIDs != null && message.topicIDs.length)
                    for (let i = 0; i < message.topicIDs.length; ++i)
                        writer.uint32(34).string(message.topicIDs[i]);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                    writer.uint32(42).bytes(message.signature);
                if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                    writer.uint32(50).bytes(message.key);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PSMessage.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.PSMessage();
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
                            message.from = reader.bytes();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.data = reader.bytes();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.seqno = reader.bytes();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.topicIDs && message.topicIDs.length))
                                message.topicIDs = [];
                            message.topicIDs.push(reader.string());
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.signature = reader.bytes();
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.key = reader.bytes();
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

            PSMessage.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.from != null && $Object.hasOwnProperty.call(message, "from"))
                    if (!(message.from && typeof message.from.length === "number" || $util.isString(message.from)))
                        return "from: buffer expected";
                if (message.data != null && $Object.hasOwnProperty.call(message, "data"))
                    if (!(message.data && typeof message.data.length === "number" || $util.isString(message.data)))
                        return "data: buffer expected";
                if (message.seqno != null && $Object.hasOwnProperty.call(message, "seqno"))
                    if (!(message.seqno && typeof message.seqno.length === "number" || $util.isString(message.seqno)))
                        return "seqno: buffer expected";
                if (message.topicIDs != null && $Object.hasOwnProperty.call(message, "topicIDs")) {
                    if (!$Array.isArray(message.topicIDs))
                        return "topicIDs: array expected";
                    for (let i = 0; i < message.topicIDs.length; ++i)
                        if (!$util.isString(message.topicIDs[i]))
                            return "topicIDs: string[] expected";
                }
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                    if (!(message.signature && typeof message.signature.length === "number" || $util.isString(message.signature)))
                        return "signature: buffer expected";
                if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                    if (!(message.key && typeof message.key.length === "number" || $util.isString(message.key)))
                        return "key: buffer expected";
                return null;
            };

            return PSMessage;
        })();

        pb.PSResponse = (function() {

            const PSResponse = function (properties) {
                this.topics = [];
                this.peerIDs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PSResponse.prototype.topics = $util.emptyArray;
            PSResponse.prototype.peerIDs = $util.emptyArray;

            PSResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topics != null && message.topics.length)
                    for (let i = 0; i < message.topics.length; ++i)
                        writer.uint32(10).string(message.topics[i]);
                if (message.peerIDs != null && message.peerIDs.length)
                    for (let i = 0; i < message.peerIDs.length; ++i)
                        writer.uint32(18).bytes(message.peerIDs[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PSResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.PSResponse();
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
                            if (!(message.topics && message.topics.length))
                                message.topics = [];
                            message.topics.push(reader.string());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.peerIDs && message.peerIDs.length))
                                message.peerIDs = [];
                            message.peerIDs.push(reader.bytes());
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

            PSResponse.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.topics != null && $Object.hasOwnProperty.call(message, "topics")) {
                    if (!$Array.isArray(message.topics))
                        return "topics: array expected";
                    for (let i = 0; i < message.topics.length; ++i)
                        if (!$util.isString(message.topics[i]))
                            return "topics: string[] expected";
                }
                if (message.peerIDs != null && $Object.hasOwnProperty.call(message, "peerIDs")) {
                    if (!$Array.isArray(message.peerIDs))
                        return "peerIDs: array expected";
                    for (let i = 0; i < message.peerIDs.length; ++i)
                        if (!(message.peerIDs[i] && typeof message.peerIDs[i].length === "number" || $util.isString(message.peerIDs[i])))
                            return "peerIDs: buffer[] expected";
                }
                return null;
            };

            return PSResponse;
        })();

        return pb;
    })();

    return p2pd;
})();

export {
  $root as default
};
