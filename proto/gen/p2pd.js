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
            Request.prototype.peerStore = null;
            Request.prototype.events = null;
            Request.prototype.removeStreamHandler = null;

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
                if (message.peerStore != null && $Object.hasOwnProperty.call(message, "peerStore"))
                    $root.p2pd.pb.PeerstoreRequest.encode(message.peerStore, writer.uint32(74).fork(), _depth + 1).ldelim();
                if (message.events != null && $Object.hasOwnProperty.call(message, "events"))
                    $root.p2pd.pb.EventsRequest.encode(message.events, writer.uint32(810).fork(), _depth + 1).ldelim();
                if (message.removeStreamHandler != null && $Object.hasOwnProperty.call(message, "removeStreamHandler"))
                    $root.p2pd.pb.RemoveStreamHandlerRequest.encode(message.removeStreamHandler, writer.uint32(818).fork(), _depth + 1).ldelim();
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
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.peerStore = $root.p2pd.pb.PeerstoreRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.peerStore);
                            continue;
                        }
                    case 101: {
                            if (wireType !== 2)
                                break;
                            message.events = $root.p2pd.pb.EventsRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.events);
                            continue;
                        }
                    case 102: {
                            if (wireType !== 2)
                                break;
                            message.removeStreamHandler = $root.p2pd.pb.RemoveStreamHandlerRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.removeStreamHandler);
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
                if (message.peerStore != null && $Object.hasOwnProperty.call(message, "peerStore")) {
                    let error = $root.p2pd.pb.PeerstoreRequest.verify(message.peerStore, _depth + 1);
                    if (error)
                        return "peerStore." + error;
                }
                if (message.events != null && $Object.hasOwnProperty.call(message, "events")) {
                    let error = $root.p2pd.pb.EventsRequest.verify(message.events, _depth + 1);
                    if (error)
                        return "events." + error;
                }
                if (message.removeStreamHandler != null && $Object.hasOwnProperty.call(message, "removeStreamHandler")) {
                    let error = $root.p2pd.pb.RemoveStreamHandlerRequest.verify(message.removeStreamHandler, _depth + 1);
                    if (error)
                        return "removeStreamHandler." + error;
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
                values[valuesById[9] = "PEERSTORE"] = 9;
                values[valuesById[100] = "VERSION"] = 100;
                values[valuesById[101] = "EVENTS"] = 101;
                values[valuesById[102] = "REMOVE_STREAM_HANDLER"] = 102;
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
            Response.prototype.peerStore = null;
            Response.prototype.version = null;

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
                if (message.peerStore != null && $Object.hasOwnProperty.call(message, "peerStore"))
                    $root.p2pd.pb.PeerstoreResponse.encode(message.peerStore, writer.uint32(66).fork(), _depth + 1).ldelim();
                if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
                    $root.p2pd.pb.VersionResponse.encode(message.version, writer.uint32(802).fork(), _depth + 1).ldelim();
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
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.peerStore = $root.p2pd.pb.PeerstoreResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.peerStore);
                            continue;
                        }
                    case 100: {
                            if (wireType !== 2)
                                break;
                            message.version = $root.p2pd.pb.VersionResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.version);
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
                if (message.peerStore != null && $Object.hasOwnProperty.call(message, "peerStore")) {
                    let error = $root.p2pd.pb.PeerstoreResponse.verify(message.peerStore, _depth + 1);
                    if (error)
                        return "peerStore." + error;
                }
                if (message.version != null && $Object.hasOwnProperty.call(message, "version")) {
                    let error = $root.p2pd.pb.VersionResponse.verify(message.version, _depth + 1);
                    if (error)
                        return "version." + error;
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
            StreamHandlerRequest.prototype.whileConnected = null;

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
                if (message.whileConnected != null && $Object.hasOwnProperty.call(message, "whileConnected"))
                    writer.uint32(800).bool(message.whileConnected);
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
                    case 100: {
                            if (wireType !== 0)
                                break;
                            message.whileConnected = reader.bool();
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
                if (message.whileConnected != null && $Object.hasOwnProperty.call(message, "whileConnected"))
                    if (typeof message.whileConnected !== "boolean")
                        return "whileConnected: boolean expected";
                return null;
            };

            return StreamHandlerRequest;
        })();

        pb.RemoveStreamHandlerRequest = (function() {

            const RemoveStreamHandlerRequest = function (properties) {
                this.proto = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            RemoveStreamHandlerRequest.prototype.addr = $util.newBuffer([]);
            RemoveStreamHandlerRequest.prototype.proto = $util.emptyArray;

            RemoveStreamHandlerRequest.encode = function (message, writer, _depth) {
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

            RemoveStreamHandlerRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.RemoveStreamHandlerRequest();
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

            RemoveStreamHandlerRequest.verify = function (message, _depth) {
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

            return RemoveStreamHandlerRequest;
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
            PSMessage.prototype.dropped = null;

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
                if (message.dropped != null && $Object.hasOwnProperty.call(message, "dropped"))
                    writer.uint32(800).uint64(message.dropped);
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
                    case 100: {
                            if (wireType !== 0)
                                break;
                            message.dropped = reader.uint64();
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
                if (message.dropped != null && $Object.hasOwnProperty.call(message, "dropped"))
                    if (!$util.isInteger(message.dropped) && !(message.dropped && $util.isInteger(message.dropped.low) && $util.isInteger(message.dropped.high)))
                        return "dropped: integer|Long expected";
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

        pb.PeerstoreRequest = (function() {

            const PeerstoreRequest = function (properties) {
                this.protos = [];
                this.addrs = [];
                this.tags = [];
                this.metadata = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PeerstoreRequest.prototype.type = null;
            PeerstoreRequest.prototype.id = null;
            PeerstoreRequest.prototype.protos = $util.emptyArray;
            PeerstoreRequest.prototype.addrs = $util.emptyArray;
            PeerstoreRequest.prototype.ttl = null;
            PeerstoreRequest.prototype.publicKey = null;
            PeerstoreRequest.prototype.tags = $util.emptyArray;
            PeerstoreRequest.prototype.metadata = $util.emptyArray;

            PeerstoreRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                    writer.uint32(8).int32(message.type);
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    writer.uint32(18).bytes(message.id);
                if (message.protos != null && message.protos.length)
                    for (let i = 0; i < message.protos.length; ++i)
                        writer.uint32(26).string(message.protos[i]);
                if (message.addrs != null && message.addrs.length)
                    for (let i = 0; i < message.addrs.length; ++i)
                        writer.uint32(802).bytes(message.addrs[i]);
                if (message.ttl != null && $Object.hasOwnProperty.call(message, "ttl"))
                    writer.uint32(808).int64(message.ttl);
                if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey"))
                    writer.uint32(818).bytes(message.publicKey);
                if (message.tags != null && message.tags.length)
                    for (let i = 0; i < message.tags.length; ++i)
                        $root.p2pd.pb.PeerTag.encode(message.tags[i], writer.uint32(826).fork(), _depth + 1).ldelim();
                if (message.metadata != null && message.metadata.length)
                    for (let i = 0; i < message.metadata.length; ++i)
                        $root.p2pd.pb.PeerMetadata.encode(message.metadata[i], writer.uint32(834).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PeerstoreRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.PeerstoreRequest();
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
                            message.id = reader.bytes();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.protos && message.protos.length))
                                message.protos = [];
                            message.protos.push(reader.string());
                            continue;
                        }
                    case 100: {
                            if (wireType !== 2)
                                break;
                            if (!(message.addrs && message.addrs.length))
                                message.addrs = [];
                            message.addrs.push(reader.bytes());
                            continue;
                        }
                    case 101: {
                            if (wireType !== 0)
                                break;
                            message.ttl = reader.int64();
                            continue;
                        }
                    case 102: {
                            if (wireType !== 2)
                                break;
                            message.publicKey = reader.bytes();
                            continue;
                        }
                    case 103: {
                            if (wireType !== 2)
                                break;
                            if (!(message.tags && message.tags.length))
                                message.tags = [];
                            message.tags.push($root.p2pd.pb.PeerTag.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 104: {
                            if (wireType !== 2)
                                break;
                            if (!(message.metadata && message.metadata.length))
                                message.metadata = [];
                            message.metadata.push($root.p2pd.pb.PeerMetadata.decode(reader, reader.size(), $undefined, _depth + 1));
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

            PeerstoreRequest.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                    if (typeof message.type !== "number" || (message.type | 0) !== message.type)
                        return "type: enum value expected";
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    if (!(message.id && typeof message.id.length === "number" || $util.isString(message.id)))
                        return "id: buffer expected";
                if (message.protos != null && $Object.hasOwnProperty.call(message, "protos")) {
                    if (!$Array.isArray(message.protos))
                        return "protos: array expected";
                    for (let i = 0; i < message.protos.length; ++i)
                        if (!$util.isString(message.protos[i]))
                            return "protos: string[] expected";
                }
                if (message.addrs != null && $Object.hasOwnProperty.call(message, "addrs")) {
                    if (!$Array.isArray(message.addrs))
                        return "addrs: array expected";
                    for (let i = 0; i < message.addrs.length; ++i)
                        if (!(message.addrs[i] && typeof message.addrs[i].length === "number" || $util.isString(message.addrs[i])))
                            return "addrs: buffer[] expected";
                }
                if (message.ttl != null && $Object.hasOwnProperty.call(message, "ttl"))
                    if (!$util.isInteger(message.ttl) && !(message.ttl && $util.isInteger(message.ttl.low) && $util.isInteger(message.ttl.high)))
                        return "ttl: integer|Long expected";
                if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey"))
                    if (!(message.publicKey && typeof message.publicKey.length === "number" || $util.isString(message.publicKey)))
                        return "publicKey: buffer expected";
                if (message.tags != null && $Object.hasOwnProperty.call(message, "tags")) {
                    if (!$Array.isArray(message.tags))
                        return "tags: array expected";
                    for (let i = 0; i < message.tags.length; ++i) {
                        let error = $root.p2pd.pb.PeerTag.verify(message.tags[i], _depth + 1);
                        if (error)
                            return "tags." + error;
                    }
                }
                if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata")) {
                    if (!$Array.isArray(message.metadata))
                        return "metadata: array expected";
                    for (let i = 0; i < message.metadata.length; ++i) {
                        let error = $root.p2pd.pb.PeerMetadata.verify(message.metadata[i], _depth + 1);
                        if (error)
                            return "metadata." + error;
                    }
                }
                return null;
            };

            PeerstoreRequest.Type = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "UNSPECIFIED"] = 0;
                values[valuesById[1] = "GET_PROTOCOLS"] = 1;
                values[valuesById[2] = "GET_PEER_INFO"] = 2;
                values[valuesById[100] = "LIST_PEERS"] = 100;
                values[valuesById[101] = "GET_RECORD"] = 101;
                values[valuesById[102] = "ADD"] = 102;
                values[valuesById[103] = "REMOVE"] = 103;
                values[valuesById[104] = "DELETE_PEER"] = 104;
                return values;
            })();

            return PeerstoreRequest;
        })();

        pb.PeerstoreResponse = (function() {

            const PeerstoreResponse = function (properties) {
                this.protos = [];
                this.ids = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PeerstoreResponse.prototype.peer = null;
            PeerstoreResponse.prototype.protos = $util.emptyArray;
            PeerstoreResponse.prototype.ids = $util.emptyArray;
            PeerstoreResponse.prototype.record = null;

            PeerstoreResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.peer != null && $Object.hasOwnProperty.call(message, "peer"))
                    $root.p2pd.pb.PeerInfo.encode(message.peer, writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.protos != null && message.protos.length)
                    for (let i = 0; i < message.protos.length; ++i)
                        writer.uint32(18).string(message.protos[i]);
                if (message.ids != null && message.ids.length)
                    for (let i = 0; i < message.ids.length; ++i)
                        writer.uint32(802).bytes(message.ids[i]);
                if (message.record != null && $Object.hasOwnProperty.call(message, "record"))
                    $root.p2pd.pb.PeerRecord.encode(message.record, writer.uint32(810).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PeerstoreResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.PeerstoreResponse();
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
                            message.peer = $root.p2pd.pb.PeerInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.peer);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.protos && message.protos.length))
                                message.protos = [];
                            message.protos.push(reader.string());
                            continue;
                        }
                    case 100: {
                            if (wireType !== 2)
                                break;
                            if (!(message.ids && message.ids.length))
                                message.ids = [];
                            message.ids.push(reader.bytes());
                            continue;
                        }
                    case 101: {
                            if (wireType !== 2)
                                break;
                            message.record = $root.p2pd.pb.PeerRecord.decode(reader, reader.size(), $undefined, _depth + 1, message.record);
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

            PeerstoreResponse.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.peer != null && $Object.hasOwnProperty.call(message, "peer")) {
                    let error = $root.p2pd.pb.PeerInfo.verify(message.peer, _depth + 1);
                    if (error)
                        return "peer." + error;
                }
                if (message.protos != null && $Object.hasOwnProperty.call(message, "protos")) {
                    if (!$Array.isArray(message.protos))
                        return "protos: array expected";
                    for (let i = 0; i < message.protos.length; ++i)
                        if (!$util.isString(message.protos[i]))
                            return "protos: string[] expected";
                }
                if (message.ids != null && $Object.hasOwnProperty.call(message, "ids")) {
                    if (!$Array.isArray(message.ids))
                        return "ids: array expected";
                    for (let i = 0; i < message.ids.length; ++i)
                        if (!(message.ids[i] && typeof message.ids[i].length === "number" || $util.isString(message.ids[i])))
                            return "ids: buffer[] expected";
                }
                if (message.record != null && $Object.hasOwnProperty.call(message, "record")) {
                    let error = $root.p2pd.pb.PeerRecord.verify(message.record, _depth + 1);
                    if (error)
                        return "record." + error;
                }
                return null;
            };

            return PeerstoreResponse;
        })();

        pb.PeerRecord = (function() {

            const PeerRecord = function (properties) {
                this.addrs = [];
                this.protos = [];
                this.tags = [];
                this.metadata = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PeerRecord.prototype.id = $util.newBuffer([]);
            PeerRecord.prototype.addrs = $util.emptyArray;
            PeerRecord.prototype.protos = $util.emptyArray;
            PeerRecord.prototype.publicKey = null;
            PeerRecord.prototype.tags = $util.emptyArray;
            PeerRecord.prototype.metadata = $util.emptyArray;

            PeerRecord.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(10).bytes(message.id);
                if (message.addrs != null && message.addrs.length)
                    for (let i = 0; i < message.addrs.length; ++i)
                        $root.p2pd.pb.KnownAddress.encode(message.addrs[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                if (message.protos != null && message.protos.length)
                    for (let i = 0; i < message.protos.length; ++i)
                        writer.uint32(26).string(message.protos[i]);
                if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey"))
                    writer.uint32(34).bytes(message.publicKey);
                if (message.tags != null && message.tags.length)
                    for (let i = 0; i < message.tags.length; ++i)
                        $root.p2pd.pb.PeerTag.encode(message.tags[i], writer.uint32(42).fork(), _depth + 1).ldelim();
                if (message.metadata != null && message.metadata.length)
                    for (let i = 0; i < message.metadata.length; ++i)
                        $root.p2pd.pb.PeerMetadata.encode(message.metadata[i], writer.uint32(50).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PeerRecord.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.PeerRecord();
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
                            message.addrs.push($root.p2pd.pb.KnownAddress.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.protos && message.protos.length))
                                message.protos = [];
                            message.protos.push(reader.string());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.publicKey = reader.bytes();
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.tags && message.tags.length))
                                message.tags = [];
                            message.tags.push($root.p2pd.pb.PeerTag.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.metadata && message.metadata.length))
                                message.metadata = [];
                            message.metadata.push($root.p2pd.pb.PeerMetadata.decode(reader, reader.size(), $undefined, _depth + 1));
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

            PeerRecord.verify = function (message, _depth) {
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
                    for (let i = 0; i < message.addrs.length; ++i) {
                        let error = $root.p2pd.pb.KnownAddress.verify(message.addrs[i], _depth + 1);
                        if (error)
                            return "addrs." + error;
                    }
                }
                if (message.protos != null && $Object.hasOwnProperty.call(message, "protos")) {
                    if (!$Array.isArray(message.protos))
                        return "protos: array expected";
                    for (let i = 0; i < message.protos.length; ++i)
                        if (!$util.isString(message.protos[i]))
                            return "protos: string[] expected";
                }
                if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey"))
                    if (!(message.publicKey && typeof message.publicKey.length === "number" || $util.isString(message.publicKey)))
                        return "publicKey: buffer expected";
                if (message.tags != null && $Object.hasOwnProperty.call(message, "tags")) {
                    if (!$Array.isArray(message.tags))
                        return "tags: array expected";
                    for (let i = 0; i < message.tags.length; ++i) {
                        let error = $root.p2pd.pb.PeerTag.verify(message.tags[i], _depth + 1);
                        if (error)
                            return "tags." + error;
                    }
                }
                if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata")) {
                    if (!$Array.isArray(message.metadata))
                        return "metadata: array expected";
                    for (let i = 0; i < message.metadata.length; ++i) {
                        let error = $root.p2pd.pb.PeerMetadata.verify(message.metadata[i], _depth + 1);
                        if (error)
                            return "metadata." + error;
                    }
                }
                return null;
            };

            return PeerRecord;
        })();

        pb.KnownAddress = (function() {

            const KnownAddress = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            KnownAddress.prototype.addr = $util.newBuffer([]);
            KnownAddress.prototype.ttl = null;
            KnownAddress.prototype.certified = null;

            KnownAddress.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(10).bytes(message.addr);
                if (message.ttl != null && $Object.hasOwnProperty.call(message, "ttl"))
                    writer.uint32(16).int64(message.ttl);
                if (message.certified != null && $Object.hasOwnProperty.call(message, "certified"))
                    writer.uint32(24).bool(message.certified);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            KnownAddress.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.KnownAddress();
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
                            if (wireType !== 0)
                                break;
                            message.ttl = reader.int64();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.certified = reader.bool();
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

            KnownAddress.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (!(message.addr && typeof message.addr.length === "number" || $util.isString(message.addr)))
                    return "addr: buffer expected";
                if (message.ttl != null && $Object.hasOwnProperty.call(message, "ttl"))
                    if (!$util.isInteger(message.ttl) && !(message.ttl && $util.isInteger(message.ttl.low) && $util.isInteger(message.ttl.high)))
                        return "ttl: integer|Long expected";
                if (message.certified != null && $Object.hasOwnProperty.call(message, "certified"))
                    if (typeof message.certified !== "boolean")
                        return "certified: boolean expected";
                return null;
            };

            return KnownAddress;
        })();

        pb.PeerTag = (function() {

            const PeerTag = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PeerTag.prototype.name = "";
            PeerTag.prototype.value = null;
            PeerTag.prototype.ttl = null;

            PeerTag.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(10).string(message.name);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    writer.uint32(16).int32(message.value);
                if (message.ttl != null && $Object.hasOwnProperty.call(message, "ttl"))
                    writer.uint32(24).int64(message.ttl);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PeerTag.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.PeerTag();
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
                            message.name = reader.string();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.value = reader.int32();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.ttl = reader.int64();
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
                if (!$Object.hasOwnProperty.call(message, "name"))
                    throw $util.ProtocolError("missing required 'name'", { instance: message });
                return message;
            };

            PeerTag.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (!$util.isString(message.name))
                    return "name: string expected";
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    if (!$util.isInteger(message.value))
                        return "value: integer expected";
                if (message.ttl != null && $Object.hasOwnProperty.call(message, "ttl"))
                    if (!$util.isInteger(message.ttl) && !(message.ttl && $util.isInteger(message.ttl.low) && $util.isInteger(message.ttl.high)))
                        return "ttl: integer|Long expected";
                return null;
            };

            return PeerTag;
        })();

        pb.PeerMetadata = (function() {

            const PeerMetadata = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PeerMetadata.prototype.key = "";
            PeerMetadata.prototype.value = null;

            PeerMetadata.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(10).string(message.key);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    writer.uint32(18).bytes(message.value);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PeerMetadata.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.PeerMetadata();
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
                            message.key = reader.string();
                            continue;
                        }
                    case 2: {
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
                if (!$Object.hasOwnProperty.call(message, "key"))
                    throw $util.ProtocolError("missing required 'key'", { instance: message });
                return message;
            };

            PeerMetadata.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (!$util.isString(message.key))
                    return "key: string expected";
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    if (!(message.value && typeof message.value.length === "number" || $util.isString(message.value)))
                        return "value: buffer expected";
                return null;
            };

            return PeerMetadata;
        })();

        pb.EventsRequest = (function() {

            const EventsRequest = function (properties) {
                this.types = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            EventsRequest.prototype.types = $util.emptyArray;

            EventsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.types != null && message.types.length)
                    for (let i = 0; i < message.types.length; ++i)
                        writer.uint32(8).int32(message.types[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            EventsRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.EventsRequest();
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
                            if (wireType === 2) {
                                if (!(message.types && message.types.length))
                                    message.types = [];
                                reader.int32s(message.types);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.types && message.types.length))
                                message.types = [];
                            message.types.push(reader.int32());
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

            EventsRequest.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.types != null && $Object.hasOwnProperty.call(message, "types")) {
                    if (!$Array.isArray(message.types))
                        return "types: array expected";
                    for (let i = 0; i < message.types.length; ++i)
                        if (typeof message.types[i] !== "number" || (message.types[i] | 0) !== message.types[i])
                            return "types: enum value[] expected";
                }
                return null;
            };

            return EventsRequest;
        })();

        pb.Event = (function() {

            const Event = function (properties) {
                this.addrs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Event.prototype.type = 0;
            Event.prototype.time = null;
            Event.prototype.peer = null;
            Event.prototype.connection = null;
            Event.prototype.identify = null;
            Event.prototype.addrs = $util.emptyArray;
            Event.prototype.reservation = null;
            Event.prototype.error = null;

            Event.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(8).int32(message.type);
                if (message.time != null && $Object.hasOwnProperty.call(message, "time"))
                    writer.uint32(16).int64(message.time);
                if (message.peer != null && $Object.hasOwnProperty.call(message, "peer"))
                    writer.uint32(26).bytes(message.peer);
                if (message.connection != null && $Object.hasOwnProperty.call(message, "connection"))
                    $root.p2pd.pb.ConnectionInfo.encode(message.connection, writer.uint32(34).fork(), _depth + 1).ldelim();
                if (message.identify != null && $Object.hasOwnProperty.call(message, "identify"))
                    $root.p2pd.pb.IdentifyInfo.encode(message.identify, writer.uint32(42).fork(), _depth + 1).ldelim();
                if (message.addrs != null && message.addrs.length)
                    for (let i = 0; i < message.addrs.length; ++i)
                        writer.uint32(50).bytes(message.addrs[i]);
                if (message.reservation != null && $Object.hasOwnProperty.call(message, "reservation"))
                    $root.p2pd.pb.ReservationInfo.encode(message.reservation, writer.uint32(58).fork(), _depth + 1).ldelim();
                if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                    $root.p2pd.pb.ErrorResponse.encode(message.error, writer.uint32(66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Event.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.Event();
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
                            if (wireType !== 0)
                                break;
                            message.time = reader.int64();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.peer = reader.bytes();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.connection = $root.p2pd.pb.ConnectionInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.connection);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.identify = $root.p2pd.pb.IdentifyInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.identify);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.addrs && message.addrs.length))
                                message.addrs = [];
                            message.addrs.push(reader.bytes());
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.reservation = $root.p2pd.pb.ReservationInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.reservation);
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.error = $root.p2pd.pb.ErrorResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
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

            Event.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (typeof message.type !== "number" || (message.type | 0) !== message.type)
                    return "type: enum value expected";
                if (message.time != null && $Object.hasOwnProperty.call(message, "time"))
                    if (!$util.isInteger(message.time) && !(message.time && $util.isInteger(message.time.low) && $util.isInteger(message.time.high)))
                        return "time: integer|Long expected";
                if (message.peer != null && $Object.hasOwnProperty.call(message, "peer"))
                    if (!(message.peer && typeof message.peer.length === "number" || $util.isString(message.peer)))
                        return "peer: buffer expected";
                if (message.connection != null && $Object.hasOwnProperty.call(message, "connection")) {
                    let error = $root.p2pd.pb.ConnectionInfo.verify(message.connection, _depth + 1);
                    if (error)
                        return "connection." + error;
                }
                if (message.identify != null && $Object.hasOwnProperty.call(message, "identify")) {
                    let error = $root.p2pd.pb.IdentifyInfo.verify(message.identify, _depth + 1);
                    if (error)
                        return "identify." + error;
                }
                if (message.addrs != null && $Object.hasOwnProperty.call(message, "addrs")) {
                    if (!$Array.isArray(message.addrs))
                        return "addrs: array expected";
                    for (let i = 0; i < message.addrs.length; ++i)
                        if (!(message.addrs[i] && typeof message.addrs[i].length === "number" || $util.isString(message.addrs[i])))
                            return "addrs: buffer[] expected";
                }
                if (message.reservation != null && $Object.hasOwnProperty.call(message, "reservation")) {
                    let error = $root.p2pd.pb.ReservationInfo.verify(message.reservation, _depth + 1);
                    if (error)
                        return "reservation." + error;
                }
                if (message.error != null && $Object.hasOwnProperty.call(message, "error")) {
                    let error = $root.p2pd.pb.ErrorResponse.verify(message.error, _depth + 1);
                    if (error)
                        return "error." + error;
                }
                return null;
            };

            Event.Type = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "STATE_COMPLETE"] = 0;
                values[valuesById[1] = "CONNECTION_OPENED"] = 1;
                values[valuesById[2] = "CONNECTION_CLOSED"] = 2;
                values[valuesById[3] = "PEER_CONNECTED"] = 3;
                values[valuesById[4] = "PEER_DISCONNECTED"] = 4;
                values[valuesById[5] = "PEER_IDENTIFIED"] = 5;
                values[valuesById[6] = "ADDRESSES_CHANGED"] = 6;
                values[valuesById[7] = "RESERVATION_GAINED"] = 7;
                values[valuesById[8] = "RESERVATION_LOST"] = 8;
                values[valuesById[9] = "ERROR"] = 9;
                values[valuesById[10] = "STAYS_RELAYED"] = 10;
                return values;
            })();

            return Event;
        })();

        pb.ConnectionInfo = (function() {

            const ConnectionInfo = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            ConnectionInfo.prototype.id = "";
            ConnectionInfo.prototype.peer = $util.newBuffer([]);
            ConnectionInfo.prototype.addr = $util.newBuffer([]);
            ConnectionInfo.prototype.direction = 0;
            ConnectionInfo.prototype.security = null;
            ConnectionInfo.prototype.muxer = null;
            ConnectionInfo.prototype.relayed = null;
            ConnectionInfo.prototype.opened = null;

            ConnectionInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(10).string(message.id);
                writer.uint32(18).bytes(message.peer);
                writer.uint32(26).bytes(message.addr);
                writer.uint32(32).int32(message.direction);
                if (message.security != null && $Object.hasOwnProperty.call(message, "security"))
                    writer.uint32(42).string(message.security);
                if (message.muxer != null && $Object.hasOwnProperty.call(message, "muxer"))
                    writer.uint32(50).string(message.muxer);
                if (message.relayed != null && $Object.hasOwnProperty.call(message, "relayed"))
                    writer.uint32(56).bool(message.relayed);
                if (message.opened != null && $Object.hasOwnProperty.call(message, "opened"))
                    writer.uint32(64).int64(message.opened);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            ConnectionInfo.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.ConnectionInfo();
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
                            message.id = reader.string();
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
                            message.addr = reader.bytes();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            message.direction = reader.int32();
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.security = reader.string();
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.muxer = reader.string();
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            message.relayed = reader.bool();
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            message.opened = reader.int64();
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
                if (!$Object.hasOwnProperty.call(message, "peer"))
                    throw $util.ProtocolError("missing required 'peer'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "addr"))
                    throw $util.ProtocolError("missing required 'addr'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "direction"))
                    throw $util.ProtocolError("missing required 'direction'", { instance: message });
                return message;
            };

            ConnectionInfo.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (!$util.isString(message.id))
                    return "id: string expected";
                if (!(message.peer && typeof message.peer.length === "number" || $util.isString(message.peer)))
                    return "peer: buffer expected";
                if (!(message.addr && typeof message.addr.length === "number" || $util.isString(message.addr)))
                    return "addr: buffer expected";
                if (typeof message.direction !== "number" || (message.direction | 0) !== message.direction)
                    return "direction: enum value expected";
                if (message.security != null && $Object.hasOwnProperty.call(message, "security"))
                    if (!$util.isString(message.security))
                        return "security: string expected";
                if (message.muxer != null && $Object.hasOwnProperty.call(message, "muxer"))
                    if (!$util.isString(message.muxer))
                        return "muxer: string expected";
                if (message.relayed != null && $Object.hasOwnProperty.call(message, "relayed"))
                    if (typeof message.relayed !== "boolean")
                        return "relayed: boolean expected";
                if (message.opened != null && $Object.hasOwnProperty.call(message, "opened"))
                    if (!$util.isInteger(message.opened) && !(message.opened && $util.isInteger(message.opened.low) && $util.isInteger(message.opened.high)))
                        return "opened: integer|Long expected";
                return null;
            };

            ConnectionInfo.Direction = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "INBOUND"] = 0;
                values[valuesById[1] = "OUTBOUND"] = 1;
                return values;
            })();

            return ConnectionInfo;
        })();

        pb.IdentifyInfo = (function() {

            const IdentifyInfo = function (properties) {
                this.protos = [];
                this.addrs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            IdentifyInfo.prototype.peer = $util.newBuffer([]);
            IdentifyInfo.prototype.connection = "";
            IdentifyInfo.prototype.agentVersion = null;
            IdentifyInfo.prototype.protocolVersion = null;
            IdentifyInfo.prototype.protos = $util.emptyArray;
            IdentifyInfo.prototype.addrs = $util.emptyArray;
            IdentifyInfo.prototype.observedAddr = null;

            IdentifyInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(10).bytes(message.peer);
                writer.uint32(18).string(message.connection);
                if (message.agentVersion != null && $Object.hasOwnProperty.call(message, "agentVersion"))
                    writer.uint32(26).string(message.agentVersion);
                if (message.protocolVersion != null && $Object.hasOwnProperty.call(message, "protocolVersion"))
                    writer.uint32(34).string(message.protocolVersion);
                if (message.protos != null && message.protos.length)
                    for (let i = 0; i < message.protos.length; ++i)
                        writer.uint32(42).string(message.protos[i]);
                if (message.addrs != null && message.addrs.length)
                    for (let i = 0; i < message.addrs.length; ++i)
                        writer.uint32(50).bytes(message.addrs[i]);
                if (message.observedAddr != null && $Object.hasOwnProperty.call(message, "observedAddr"))
                    writer.uint32(58).bytes(message.observedAddr);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            IdentifyInfo.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.IdentifyInfo();
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
                            message.connection = reader.string();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.agentVersion = reader.string();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.protocolVersion = reader.string();
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.protos && message.protos.length))
                                message.protos = [];
                            message.protos.push(reader.string());
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.addrs && message.addrs.length))
                                message.addrs = [];
                            message.addrs.push(reader.bytes());
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.observedAddr = reader.bytes();
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
                if (!$Object.hasOwnProperty.call(message, "connection"))
                    throw $util.ProtocolError("missing required 'connection'", { instance: message });
                return message;
            };

            IdentifyInfo.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (!(message.peer && typeof message.peer.length === "number" || $util.isString(message.peer)))
                    return "peer: buffer expected";
                if (!$util.isString(message.connection))
                    return "connection: string expected";
                if (message.agentVersion != null && $Object.hasOwnProperty.call(message, "agentVersion"))
                    if (!$util.isString(message.agentVersion))
                        return "agentVersion: string expected";
                if (message.protocolVersion != null && $Object.hasOwnProperty.call(message, "protocolVersion"))
                    if (!$util.isString(message.protocolVersion))
                        return "protocolVersion: string expected";
                if (message.protos != null && $Object.hasOwnProperty.call(message, "protos")) {
                    if (!$Array.isArray(message.protos))
                        return "protos: array expected";
                    for (let i = 0; i < message.protos.length; ++i)
                        if (!$util.isString(message.protos[i]))
                            return "protos: string[] expected";
                }
                if (message.addrs != null && $Object.hasOwnProperty.call(message, "addrs")) {
                    if (!$Array.isArray(message.addrs))
                        return "addrs: array expected";
                    for (let i = 0; i < message.addrs.length; ++i)
                        if (!(message.addrs[i] && typeof message.addrs[i].length === "number" || $util.isString(message.addrs[i])))
                            return "addrs: buffer[] expected";
                }
                if (message.observedAddr != null && $Object.hasOwnProperty.call(message, "observedAddr"))
                    if (!(message.observedAddr && typeof message.observedAddr.length === "number" || $util.isString(message.observedAddr)))
                        return "observedAddr: buffer expected";
                return null;
            };

            return IdentifyInfo;
        })();

        pb.ReservationInfo = (function() {

            const ReservationInfo = function (properties) {
                this.addrs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            ReservationInfo.prototype.relay = $util.newBuffer([]);
            ReservationInfo.prototype.addrs = $util.emptyArray;
            ReservationInfo.prototype.expires = null;

            ReservationInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(10).bytes(message.relay);
                if (message.addrs != null && message.addrs.length)
                    for (let i = 0; i < message.addrs.length; ++i)
                        writer.uint32(18).bytes(message.addrs[i]);
                if (message.expires != null && $Object.hasOwnProperty.call(message, "expires"))
                    writer.uint32(24).int64(message.expires);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            ReservationInfo.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.ReservationInfo();
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
                            if (!(message.addrs && message.addrs.length))
                                message.addrs = [];
                            message.addrs.push(reader.bytes());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.expires = reader.int64();
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
                if (!$Object.hasOwnProperty.call(message, "relay"))
                    throw $util.ProtocolError("missing required 'relay'", { instance: message });
                return message;
            };

            ReservationInfo.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (!(message.relay && typeof message.relay.length === "number" || $util.isString(message.relay)))
                    return "relay: buffer expected";
                if (message.addrs != null && $Object.hasOwnProperty.call(message, "addrs")) {
                    if (!$Array.isArray(message.addrs))
                        return "addrs: array expected";
                    for (let i = 0; i < message.addrs.length; ++i)
                        if (!(message.addrs[i] && typeof message.addrs[i].length === "number" || $util.isString(message.addrs[i])))
                            return "addrs: buffer[] expected";
                }
                if (message.expires != null && $Object.hasOwnProperty.call(message, "expires"))
                    if (!$util.isInteger(message.expires) && !(message.expires && $util.isInteger(message.expires.low) && $util.isInteger(message.expires.high)))
                        return "expires: integer|Long expected";
                return null;
            };

            return ReservationInfo;
        })();

        pb.VersionResponse = (function() {

            const VersionResponse = function (properties) {
                this.implementation = [];
                this.features = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            VersionResponse.prototype.name = "";
            VersionResponse.prototype.version = "";
            VersionResponse.prototype.protocolRevision = 0;
            VersionResponse.prototype.implementation = $util.emptyArray;
            VersionResponse.prototype.features = $util.emptyArray;

            VersionResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(10).string(message.name);
                writer.uint32(18).string(message.version);
                writer.uint32(24).uint32(message.protocolRevision);
                if (message.implementation != null && message.implementation.length)
                    for (let i = 0; i < message.implementation.length; ++i)
                        $root.p2pd.pb.Library.encode(message.implementation[i], writer.uint32(34).fork(), _depth + 1).ldelim();
                if (message.features != null && message.features.length)
                    for (let i = 0; i < message.features.length; ++i)
                        writer.uint32(42).string(message.features[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            VersionResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.VersionResponse();
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
                            message.name = reader.string();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.version = reader.string();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.protocolRevision = reader.uint32();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.implementation && message.implementation.length))
                                message.implementation = [];
                            message.implementation.push($root.p2pd.pb.Library.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.features && message.features.length))
                                message.features = [];
                            message.features.push(reader.string());
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
                if (!$Object.hasOwnProperty.call(message, "name"))
                    throw $util.ProtocolError("missing required 'name'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "version"))
                    throw $util.ProtocolError("missing required 'version'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "protocolRevision"))
                    throw $util.ProtocolError("missing required 'protocolRevision'", { instance: message });
                return message;
            };

            VersionResponse.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (!$util.isString(message.name))
                    return "name: string expected";
                if (!$util.isString(message.version))
                    return "version: string expected";
                if (!$util.isInteger(message.protocolRevision))
                    return "protocolRevision: integer expected";
                if (message.implementation != null && $Object.hasOwnProperty.call(message, "implementation")) {
                    if (!$Array.isArray(message.implementation))
                        return "implementation: array expected";
                    for (let i = 0; i < message.implementation.length; ++i) {
                        let error = $root.p2pd.pb.Library.verify(message.implementation[i], _depth + 1);
                        if (error)
                            return "implementation." + error;
                    }
                }
                if (message.features != null && $Object.hasOwnProperty.call(message, "features")) {
                    if (!$Array.isArray(message.features))
                        return "features: array expected";
                    for (let i = 0; i < message.features.length; ++i)
                        if (!$util.isString(message.features[i]))
                            return "features: string[] expected";
                }
                return null;
            };

            return VersionResponse;
        })();

        pb.Library = (function() {

            const Library = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Library.prototype.name = "";
            Library.prototype.version = "";

            Library.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(10).string(message.name);
                writer.uint32(18).string(message.version);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Library.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.p2pd.pb.Library();
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
                            message.name = reader.string();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.version = reader.string();
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
                if (!$Object.hasOwnProperty.call(message, "name"))
                    throw $util.ProtocolError("missing required 'name'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "version"))
                    throw $util.ProtocolError("missing required 'version'", { instance: message });
                return message;
            };

            Library.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (!$util.isString(message.name))
                    return "name: string expected";
                if (!$util.isString(message.version))
                    return "version: string expected";
                return null;
            };

            return Library;
        })();

        return pb;
    })();

    return p2pd;
})();

export {
  $root as default
};
