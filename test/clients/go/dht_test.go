package clients

import (
	"bytes"
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"testing"

	cid "github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/peer"
	ma "github.com/multiformats/go-multiaddr"
	mh "github.com/multiformats/go-multihash"
)

func TestFindPeer(t *testing.T) {
	a, _, c := chain(t)
	a.knows(t, c.id)
	info, err := a.FindPeer(c.id)
	if err != nil {
		t.Fatal(err)
	}
	// What is found of a peer can be compared with what it says of itself.
	if len(info.Addrs) == 0 {
		t.Error("found without an address")
	}
	for _, addr := range info.Addrs {
		if !slices.ContainsFunc(c.addrs, func(own ma.Multiaddr) bool { return own.Equal(addr) }) {
			t.Errorf("found at %s, which is none of its addresses %s", addr, c.addrs)
		}
	}
	if info, err := a.FindPeer(strangersID(t)); err == nil {
		t.Errorf("found a peer that does not exist: %v", info)
	} else if !strings.Contains(err.Error(), "routing: not found") {
		t.Errorf("got %v, expected: routing: not found", err)
	}
}

func TestGetPublicKey(t *testing.T) {
	a, _, c := chain(t)
	a.knows(t, c.id)
	key, err := a.GetPublicKey(c.id)
	if err != nil {
		t.Fatal(err)
	}
	if id, err := peer.IDFromPublicKey(key); err != nil || id != c.id {
		t.Errorf("the key of %s, expected that of %s: %v", id, c.id, err)
	}
	stranger, _ := keyRecord(t)
	if _, err := a.GetPublicKey(peer.ID(bytes.TrimPrefix(stranger, []byte("/pk/")))); err == nil {
		t.Error("a public key that nobody has")
	}
}

func TestPutValue(t *testing.T) {
	a, _, c := chain(t)
	a.knows(t, c.id)
	key, value := keyRecord(t)
	if err := a.PutValue(key, value); err != nil {
		t.Fatal(err)
	}
	if got, err := c.GetValue(key); err != nil || !bytes.Equal(got, value) {
		t.Errorf("C got %x, %v, expected what A has put", got, err)
	}
	for _, wrong := range []struct {
		what, key, expected string
		value               []byte
	}{
		{"a namespace without a validator", "/nope/key", "invalid record keytype", value},
		{"a public key under another's name", string(key[:len(key)-1]) + "\x00", "", value},
		{"a key record that is none", string(key), "", []byte("nonsense")},
	} {
		err := a.PutValue([]byte(wrong.key), wrong.value)
		if err == nil || !strings.Contains(err.Error(), wrong.expected) {
			t.Errorf("%s: got %v, expected an error with: %q", wrong.what, err, wrong.expected)
		}
	}
}

func TestGetValue(t *testing.T) {
	a, _, c := chain(t)
	a.knows(t, c.id)
	key, value := keyRecord(t)
	if err := c.PutValue(key, value); err != nil {
		t.Fatal(err)
	}
	if got, err := a.GetValue(key); err != nil || !bytes.Equal(got, value) {
		t.Errorf("A got %x, %v, expected what C has put", got, err)
	}
	absent, _ := keyRecord(t)
	for _, key := range [][]byte{absent, []byte("/nope/key"), []byte("key"), {}} {
		if _, err := a.GetValue(key); err == nil || !strings.Contains(err.Error(), "routing: not found") {
			t.Errorf("of %q: got %v, expected: routing: not found", key, err)
		}
	}
}

func TestSearchValue(t *testing.T) {
	a, _, c := chain(t)
	a.knows(t, c.id)
	key, value := keyRecord(t)
	if err := c.PutValue(key, value); err != nil {
		t.Fatal(err)
	}
	values := mustSearch(t, a, t.Context(), key)
	if len(values) == 0 || !bytes.Equal(values[len(values)-1], value) {
		t.Errorf("got %x, expected that the last one is what C has put", values)
	}
	absent, _ := keyRecord(t)
	if values := mustSearch(t, a, t.Context(), absent); len(values) > 0 {
		t.Errorf("got %x for a key that nobody has put", values)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if values := mustSearch(t, a, cancelled, key); len(values) > 1 {
		t.Errorf("got %d values of a cancelled search", len(values))
	}
}

func mustSearch(t *testing.T, d *daemon, ctx context.Context, key []byte) [][]byte {
	t.Helper()
	values, err := d.SearchValue(ctx, key)
	if err != nil {
		t.Fatal(err)
	}
	return collect(t, "the search", values)
}

func TestProvide(t *testing.T) {
	a, _, c := chain(t)
	a.knows(t, c.id)
	content := newContent(t)
	if err := a.Provide(content); err != nil {
		t.Fatal(err)
	}
	if providers := mustFindProviders(t, c, content); !slices.Contains(providers, a.id) {
		t.Errorf("C found %s, expected A, %s, among them", providers, a.id)
	}
}

func TestFindProviders(t *testing.T) {
	a, b, c := chain(t)
	a.knows(t, c.id)
	content := newContent(t)
	if providers := mustFindProviders(t, a, content); len(providers) > 0 {
		t.Errorf("found %s for what nobody provides", providers)
	}
	for _, d := range []*daemon{b, c} {
		if err := d.Provide(content); err != nil {
			t.Fatal(err)
		}
	}
	providers := mustFindProviders(t, a, content)
	for _, d := range []*daemon{b, c} {
		if !slices.Contains(providers, d.id) {
			t.Errorf("found %s, expected %s among them", providers, d.id)
		}
	}
	if len(providers) != 2 {
		t.Errorf("found %d providers, expected 2", len(providers))
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	infos, err := a.FindProviders(cancelled, content)
	if err != nil {
		t.Fatal(err)
	}
	collect(t, "a cancelled search for providers", infos)
}

func mustFindProviders(t *testing.T, d *daemon, content cid.Cid) []peer.ID {
	t.Helper()
	infos, err := d.FindProviders(t.Context(), content)
	if err != nil {
		t.Fatal(err)
	}
	var ids []peer.ID
	for _, info := range collect(t, "the search for providers", infos) {
		ids = append(ids, info.ID)
	}
	return ids
}

func TestGetClosestPeers(t *testing.T) {
	a, b, c := chain(t)
	a.knows(t, c.id)
	found, err := a.GetClosestPeers(t.Context(), []byte("a key"))
	if err != nil {
		t.Fatal(err)
	}
	ids := collect(t, "the closest peers", found)
	for _, d := range []*daemon{b, c} {
		if !slices.Contains(ids, d.id) {
			t.Errorf("got %s, expected %s among them", ids, d.id)
		}
	}
	if len(ids) != 2 {
		t.Errorf("got %d peers, expected 2, each once", len(ids))
	}
	if _, err := a.GetClosestPeers(t.Context(), nil); err == nil {
		t.Error("the closest peers of no key")
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	found, err = a.GetClosestPeers(cancelled, []byte("a key"))
	if err != nil {
		t.Fatal(err)
	}
	collect(t, "a cancelled search for the closest peers", found)
}

// keyRecord is a value that a DHT accepts from anybody: a public key under the hash that names it.
func keyRecord(t *testing.T) (key, value []byte) {
	t.Helper()
	_, public, err := crypto.GenerateKeyPairWithReader(crypto.RSA, 2048, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id, err := peer.IDFromPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	value, err = crypto.MarshalPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return append([]byte("/pk/"), id...), value
}

// newContent is provided by nobody yet.
func newContent(t *testing.T) cid.Cid {
	t.Helper()
	digest, err := mh.Sum([]byte(rand.Text()), mh.SHA2_256, -1)
	if err != nil {
		t.Fatal(err)
	}
	return cid.NewCidV1(cid.Raw, digest)
}
