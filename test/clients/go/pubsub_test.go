package clients

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	pb "github.com/libp2p/go-libp2p-daemon/pb"
	"github.com/libp2p/go-libp2p/core/peer"
)

func TestGetTopics(t *testing.T) {
	a := newDaemon(t, "P2PD_A")
	topic := newTopic()
	a.mustNotSubscribe(t, topic)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	mustSubscribe(t, a, ctx, topic)
	if topics := a.mustGetTopics(t); !slices.Contains(topics, topic) {
		t.Errorf("topics are %q right after a subscription to %q", topics, topic)
	}
	cancel()
	a.mustNotSubscribe(t, topic)
}

// The client names no topic, which a daemon must insist on: this function has never worked with any.
func TestListPeers(t *testing.T) {
	a := newDaemon(t, "P2PD_A")
	ids, err := a.ListPeers()
	expected := "Malformed request; missing topic parameter"
	if err == nil || !strings.Contains(err.Error(), expected) {
		t.Errorf("got %s, %v, expected: %s", ids, err, expected)
	}
}

func TestPublish(t *testing.T) {
	a := newDaemon(t, "P2PD_A")
	topic := newTopic()
	if err := a.Publish(topic, []byte("to nobody")); err != nil {
		t.Errorf("without a subscriber: %v", err)
	}
	messages := mustSubscribe(t, a, t.Context(), topic)
	for _, data := range [][]byte{[]byte("to myself"), {}, bytes.Repeat([]byte{0xff}, 100_000)} {
		if err := a.Publish(topic, data); err != nil {
			t.Fatal(err)
		}
		message := within(t, "the publisher's own message", messages)
		if !bytes.Equal(message.GetData(), data) {
			t.Errorf("got %d bytes, expected the %d that were published", len(message.GetData()), len(data))
		}
		if peer.ID(message.GetFrom()) != a.id || !slices.Equal(message.GetTopicIDs(), []string{topic}) {
			t.Errorf("from %s to %q, expected from %s to %q", peer.ID(message.GetFrom()), message.GetTopicIDs(), a.id, topic)
		}
	}
}

func TestSubscribe(t *testing.T) {
	a, b, c := chain(t)
	topic := newTopic()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	subscriptions := map[*daemon]<-chan *pb.PSMessage{}
	for _, d := range []*daemon{a, b, c} {
		subscriptions[d] = mustSubscribe(t, d, ctx, topic)
	}
	second := mustSubscribe(t, b, ctx, topic)
	a.mustSeeSubscriber(t, topic, b)
	b.mustSeeSubscriber(t, topic, c)

	// Nothing is sent before the mesh is built, and nothing says when it is: the first message that arrives does.
	arrived := awaitText(subscriptions[c], "hello")
	publishing := time.NewTicker(100 * time.Millisecond)
	defer publishing.Stop()
	for end := time.Now().Add(deadline); ; <-publishing.C {
		if err := a.Publish(topic, []byte("hello")); err != nil {
			t.Fatal(err)
		}
		if len(arrived) > 0 {
			break
		}
		if time.Now().After(end) {
			t.Fatal("C has received nothing of what A published")
		}
	}

	for number := range 20 {
		text := fmt.Sprintf("message %d", number)
		if err := a.Publish(topic, []byte(text)); err != nil {
			t.Fatal(err)
		}
		for _, messages := range []<-chan *pb.PSMessage{subscriptions[a], subscriptions[b], second, subscriptions[c]} {
			message := within(t, text, awaitText(messages, text))
			if peer.ID(message.GetFrom()) != a.id || len(message.GetSeqno()) != 8 || len(message.GetSignature()) == 0 {
				t.Errorf("not as A has signed it: %v", message)
			}
		}
	}

	cancel()
	for _, messages := range subscriptions {
		collect(t, "a cancelled subscription", messages)
	}
	a.mustNotSubscribe(t, topic)
	b.mustNotSubscribe(t, topic)
}

// awaitText skips messages until the one with this text; nothing comes if the subscription ends before.
func awaitText(messages <-chan *pb.PSMessage, text string) <-chan *pb.PSMessage {
	found := make(chan *pb.PSMessage, 1)
	go func() {
		for message := range messages {
			if string(message.GetData()) == text {
				found <- message
				return
			}
		}
	}()
	return found
}

func mustSubscribe(t *testing.T, d *daemon, ctx context.Context, topic string) <-chan *pb.PSMessage {
	t.Helper()
	messages, err := d.Subscribe(ctx, topic)
	if err != nil {
		t.Fatal(err)
	}
	return messages
}

func (d *daemon) mustGetTopics(t *testing.T) []string {
	t.Helper()
	topics, err := d.GetTopics()
	if err != nil {
		t.Fatal(err)
	}
	return topics
}

func (d *daemon) mustNotSubscribe(t *testing.T, topic string) {
	t.Helper()
	eventually(t, "the topic to be left", func() error {
		if slices.Contains(d.mustGetTopics(t), topic) {
			return errors.New("still subscribed")
		}
		return nil
	})
}

func (d *daemon) mustSeeSubscriber(t *testing.T, topic string, other *daemon) {
	t.Helper()
	request := &pb.Request{
		Type:   pb.Request_PUBSUB.Enum(),
		Pubsub: &pb.PSRequest{Type: pb.PSRequest_LIST_PEERS.Enum(), Topic: &topic},
	}
	eventually(t, "the subscription to be known", func() error {
		ids := d.roundTrip(t, request).GetPubsub().GetPeerIDs()
		if !slices.ContainsFunc(ids, func(id []byte) bool { return bytes.Equal(id, []byte(other.id)) }) {
			return errors.New("not among the topic's peers")
		}
		return nil
	})
}

func newTopic() string {
	return "topic " + rand.Text()
}
