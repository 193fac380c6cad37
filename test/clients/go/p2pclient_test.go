// Package clients plays the Go client that ships with go-libp2p-daemon against three daemons that are running.
//
// P2PD_A, P2PD_B and P2PD_C are their control multiaddrs. Each listens for peers, serves the DHT, has pubsub enabled, and
// knows nothing of the others.
package clients

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	ggio "github.com/gogo/protobuf/io"
	"github.com/libp2p/go-libp2p-daemon/p2pclient"
	pb "github.com/libp2p/go-libp2p-daemon/pb"
	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/peer"
	ma "github.com/multiformats/go-multiaddr"
	manet "github.com/multiformats/go-multiaddr/net"
)

const (
	// deadline bounds every wait for what is asynchronous by nature.
	deadline = 10 * time.Second
	interval = 10 * time.Millisecond
	// payloadSize is more than any window or buffer on the way holds, so that both directions must flow at once.
	payloadSize = 3<<20 + 1
)

// daemon is one of the two, seen by a client of its own.
type daemon struct {
	*p2pclient.Client
	control ma.Multiaddr
	id      peer.ID
	addrs   []ma.Multiaddr
}

func newDaemon(t *testing.T, variable string) *daemon {
	t.Helper()
	control, err := ma.NewMultiaddr(os.Getenv(variable))
	if err != nil {
		t.Fatalf("%s is not a control multiaddr: %v", variable, err)
	}
	client, err := p2pclient.NewClient(control, handlerAddress(t, control))
	if err != nil {
		t.Fatalf("client of %s: %v", control, err)
	}
	t.Cleanup(func() { client.Close() })
	id, addrs, err := client.Identify()
	if err != nil {
		t.Fatalf("IDENTIFY at %s: %v", control, err)
	}
	return &daemon{client, control, id, addrs}
}

// handlerAddress is where the client takes inbound streams: on the same kind of socket as the daemon's control.
func handlerAddress(t *testing.T, control ma.Multiaddr) ma.Multiaddr {
	t.Helper()
	if _, err := control.ValueForProtocol(ma.P_UNIX); err != nil {
		return ma.StringCast("/ip4/127.0.0.1/tcp/0")
	}
	// Not t.TempDir, whose long paths do not fit a socket's address.
	folder, err := os.MkdirTemp("", "p2pclient")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	return ma.StringCast("/unix" + filepath.Join(folder, "handler.sock"))
}

// roundTrip sends the requests that p2pclient has no method for.
func (d *daemon) roundTrip(t *testing.T, request *pb.Request) *pb.Response {
	t.Helper()
	conn, err := manet.Dial(d.control)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := ggio.NewDelimitedWriter(conn).WriteMsg(request); err != nil {
		t.Fatalf("%s: %v", request.GetType(), err)
	}
	response := &pb.Response{}
	if err := ggio.NewDelimitedReader(conn, p2pclient.MessageSizeMax).ReadMsg(response); err != nil {
		t.Fatalf("%s: %v", request.GetType(), err)
	}
	if response.GetType() != pb.Response_OK {
		t.Fatalf("%s: %s", request.GetType(), response.GetError().GetMsg())
	}
	return response
}

func (d *daemon) isConnectedTo(t *testing.T, id peer.ID) bool {
	t.Helper()
	response := d.roundTrip(t, &pb.Request{Type: pb.Request_LIST_PEERS.Enum()})
	return slices.ContainsFunc(response.GetPeers(), func(info *pb.PeerInfo) bool {
		return bytes.Equal(info.GetId(), []byte(id))
	})
}

func (d *daemon) mustConnect(t *testing.T, other *daemon) {
	t.Helper()
	if err := d.Connect(other.id, other.addrs); err != nil {
		t.Fatalf("CONNECT: %v", err)
	}
}

func (d *daemon) mustDisconnect(t *testing.T, other *daemon) {
	t.Helper()
	// More than once: a DHT query that is still running may dial again.
	eventually(t, "both daemons to be disconnected", func() error {
		d.roundTrip(t, &pb.Request{
			Type:       pb.Request_DISCONNECT.Enum(),
			Disconnect: &pb.DisconnectRequest{Peer: []byte(other.id)},
		})
		if d.isConnectedTo(t, other.id) || other.isConnectedTo(t, d.id) {
			return errors.New("still connected")
		}
		return nil
	})
}

func eventually(t *testing.T, what string, try func() error) {
	t.Helper()
	for end := time.Now().Add(deadline); ; {
		err := try()
		if err == nil {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("gave up waiting for %s: %v", what, err)
		}
		time.Sleep(interval)
	}
}

func within[T any](t *testing.T, what string, results <-chan T) T {
	t.Helper()
	select {
	case result := <-results:
		return result
	case <-time.After(deadline):
		t.Fatalf("gave up waiting for %s", what)
		panic("unreachable")
	}
}

func strangersID(t *testing.T) peer.ID {
	t.Helper()
	_, public, err := crypto.GenerateEd25519Key(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id, err := peer.IDFromPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestIdentify(t *testing.T) {
	a, b := newDaemon(t, "P2PD_A"), newDaemon(t, "P2PD_B")
	if a.id == b.id {
		t.Errorf("both daemons are %s", a.id)
	}
	for _, d := range []*daemon{a, b} {
		if len(d.addrs) == 0 {
			t.Errorf("%s has no addresses", d.id)
		}
		for _, addr := range d.addrs {
			if _, err := addr.ValueForProtocol(ma.P_P2P); err == nil {
				t.Errorf("%s ends in a peer id", addr)
			}
		}
	}
}

func TestConnect(t *testing.T) {
	a, b := newDaemon(t, "P2PD_A"), newDaemon(t, "P2PD_B")
	a.mustConnect(t, b)
	if !a.isConnectedTo(t, b.id) {
		t.Error("the dialer does not list the listener")
	}
	eventually(t, "the listener to list the dialer", func() error {
		if !b.isConnectedTo(t, a.id) {
			return errors.New("not listed")
		}
		return nil
	})
	if err := b.Connect(a.id, nil); err != nil {
		t.Errorf("CONNECT over the connection that exists: %v", err)
	}
	a.mustDisconnect(t, b)
}

func TestConnectToAnotherPeersAddressFails(t *testing.T) {
	a, b := newDaemon(t, "P2PD_A"), newDaemon(t, "P2PD_B")
	stranger := strangersID(t)
	err := a.Connect(stranger, b.addrs)
	if err == nil || !strings.HasPrefix(err.Error(), "failed to dial") {
		t.Errorf("CONNECT to a wrong peer id: got %v, expected an error that starts with: failed to dial", err)
	}
	if a.isConnectedTo(t, stranger) {
		t.Error("a peer is listed that does not exist")
	}
	if err := a.Connect(peer.ID("foobar"), b.addrs); err == nil {
		t.Error("CONNECT to a peer id that is none succeeded")
	}
}

// exchange is for both: a stream has two ends.
func TestNewStream(t *testing.T) {
	a, b := newDaemon(t, "P2PD_A"), newDaemon(t, "P2PD_B")
	a.mustConnect(t, b)
	t.Run("from the dialer", func(t *testing.T) { exchange(t, a, b, newProtocol()) })
	t.Run("of an unknown protocol", func(t *testing.T) {
		unknown := newProtocol()
		_, _, err := a.NewStream(b.id, []string{unknown})
		expected := fmt.Sprintf("failed to negotiate protocol: protocols not supported: [%s]", unknown)
		if err == nil || !strings.HasSuffix(err.Error(), expected) {
			t.Errorf("got %v, expected: %s", err, expected)
		}
	})
	t.Run("to an unknown peer", func(t *testing.T) {
		stranger := strangersID(t)
		if _, _, err := a.NewStream(stranger, []string{newProtocol()}); err == nil {
			t.Errorf("a stream to %s, which does not exist", stranger)
		}
	})
	a.mustDisconnect(t, b)
}

func TestNewStreamHandler(t *testing.T) {
	a, b := newDaemon(t, "P2PD_A"), newDaemon(t, "P2PD_B")
	a.mustConnect(t, b)
	t.Run("at the dialer", func(t *testing.T) { exchange(t, b, a, newProtocol()) })
	t.Run("several protocols", func(t *testing.T) { exchange(t, a, b, newProtocol(), newProtocol()) })
	t.Run("of a client that takes over", func(t *testing.T) {
		protocol := newProtocol()
		for name, d := range map[string]*daemon{"the one": b, "the other": newDaemon(t, "P2PD_B")} {
			answer := func(_ *p2pclient.StreamInfo, stream io.ReadWriteCloser) {
				defer stream.Close()
				io.WriteString(stream, name)
			}
			if err := d.NewStreamHandler([]string{protocol}, answer); err != nil {
				t.Fatalf("STREAM_HANDLER: %v", err)
			}
			// The daemon may be told while the stream before is on its way.
			eventually(t, "an answer of "+name, func() error {
				_, stream, err := a.NewStream(b.id, []string{protocol})
				if err != nil {
					return err
				}
				defer stream.Close()
				if got, err := io.ReadAll(stream); err != nil || string(got) != name {
					return fmt.Errorf("got %q, %v", got, err)
				}
				return nil
			})
		}
	})
	a.mustDisconnect(t, b)
}

func TestNewClient(t *testing.T) {
	control := newDaemon(t, "P2PD_A").control
	if _, err := p2pclient.NewClient(control, ma.StringCast("/ip4/127.0.0.1/udp/0")); err == nil {
		t.Error("a client that listens for streams at a UDP address")
	}
	client, err := p2pclient.NewClient(control, handlerAddress(t, control))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if _, _, err := client.Identify(); err != nil {
		t.Errorf("IDENTIFY by a second client: %v", err)
	}
}

// A closed client takes no streams any more, and the daemon lives on.
func TestClose(t *testing.T) {
	a, b := newDaemon(t, "P2PD_A"), newDaemon(t, "P2PD_B")
	a.mustConnect(t, b)
	protocol := newProtocol()
	exchange(t, a, b, protocol)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	_, stream, err := a.NewStream(b.id, []string{protocol})
	if err == nil {
		ended := make(chan error, 1)
		go func() {
			_, err := stream.Read(make([]byte, 1))
			ended <- err
		}()
		if err := within(t, "the end of a stream that nobody takes", ended); err == nil {
			t.Error("somebody answered on the stream of a closed client")
		}
		stream.Close()
	}
	if _, _, err := b.Identify(); err != nil {
		t.Errorf("IDENTIFY by a client that has closed: %v", err)
	}
	a.mustDisconnect(t, b)
}

// The client may grow: whatever it exports has its test here, by the function's name.
func TestEveryFunctionHasATest(t *testing.T) {
	list, err := exec.Command(os.Args[0], "-test.list=.").Output()
	if err != nil {
		t.Fatal(err)
	}
	tests := strings.Fields(string(list))
	methods := reflect.TypeFor[*p2pclient.Client]()
	for i := range methods.NumMethod() {
		if name := methods.Method(i).Name; !slices.Contains(tests, "Test"+name) {
			t.Errorf("nothing tests Client.%s", name)
		}
	}
}

// newProtocol is known to nobody: a daemon never forgets a handler, also when its client is gone.
func newProtocol() string {
	return "/p2pclient/" + rand.Text()
}

// exchange handles protocols at the listener, opens a stream to each, which also offers one that the listener does not
// speak, and moves a payload both ways at once.
func exchange(t *testing.T, opener, listener *daemon, protocols ...string) {
	type inbound struct {
		info *p2pclient.StreamInfo
		err  error
	}
	inbounds := make(chan inbound, 1)
	upload, download := payload(t), payload(t)
	handler := func(info *p2pclient.StreamInfo, stream io.ReadWriteCloser) {
		defer stream.Close()
		inbounds <- inbound{info, swap(stream, download, upload)}
	}
	if err := listener.NewStreamHandler(protocols, handler); err != nil {
		t.Fatalf("STREAM_HANDLER: %v", err)
	}
	for _, protocol := range protocols {
		info, stream := mustOpen(t, opener, listener.id, newProtocol(), protocol)
		outbound := make(chan error, 1)
		go func() { outbound <- swap(stream, upload, download) }()
		if err := within(t, "the opener's payload", outbound); err != nil {
			t.Errorf("opener: %v", err)
		}
		got := within(t, "the handler's payload", inbounds)
		stream.Close()
		if got.err != nil {
			t.Errorf("handler: %v", got.err)
		}
		if info.Peer != listener.id || info.Proto != protocol {
			t.Errorf("opener was told of %s at %s, expected %s at %s", info.Proto, info.Peer, protocol, listener.id)
		}
		if got.info.Peer != opener.id || got.info.Proto != protocol {
			t.Errorf("handler was told of %s at %s, expected %s at %s", got.info.Proto, got.info.Peer, protocol, opener.id)
		}
	}
}

// mustOpen tries until the handler is registered: NewStreamHandler returns without waiting for the daemon's answer.
func mustOpen(t *testing.T, d *daemon, id peer.ID, protocols ...string) (*p2pclient.StreamInfo, io.ReadWriteCloser) {
	t.Helper()
	var info *p2pclient.StreamInfo
	var stream io.ReadWriteCloser
	eventually(t, "a stream", func() (err error) {
		info, stream, err = d.NewStream(id, protocols)
		return err
	})
	return info, stream
}

// swap writes one payload while it reads the other, of which it knows the size: the client cannot half-close.
func swap(stream io.ReadWriter, send, expect []byte) error {
	written := make(chan error, 1)
	go func() {
		_, err := stream.Write(send)
		written <- err
	}()
	digest := sha256.New()
	if count, err := io.CopyN(digest, stream, int64(len(expect))); err != nil {
		return fmt.Errorf("reading: got %d of %d bytes: %w", count, len(expect), err)
	}
	if err := <-written; err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	if expected := sha256.Sum256(expect); !bytes.Equal(digest.Sum(nil), expected[:]) {
		return errors.New("the bytes that arrived are not those that were sent")
	}
	return nil
}

func payload(t *testing.T) []byte {
	t.Helper()
	bytes := make([]byte, payloadSize)
	if _, err := rand.Read(bytes); err != nil {
		t.Fatal(err)
	}
	return bytes
}
