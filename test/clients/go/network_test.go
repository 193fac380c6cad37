package clients

import (
	"errors"
	"testing"

	"github.com/libp2p/go-libp2p/core/peer"
)

// chain connects the three so that A and C have only B in common, and takes the connections down at the end.
func chain(t *testing.T) (a, b, c *daemon) {
	t.Helper()
	a, b, c = newDaemon(t, "P2PD_A"), newDaemon(t, "P2PD_B"), newDaemon(t, "P2PD_C")
	a.mustConnect(t, b)
	c.mustConnect(t, b)
	t.Cleanup(func() {
		a.mustDisconnect(t, b)
		c.mustDisconnect(t, b)
		a.mustDisconnect(t, c)
	})
	return a, b, c
}

// collect reads a channel to its end, however long its producer holds it open.
func collect[T any](t *testing.T, what string, values <-chan T) []T {
	t.Helper()
	all := make(chan []T, 1)
	go func() {
		var seen []T
		for value := range values {
			seen = append(seen, value)
		}
		all <- seen
	}()
	return within(t, "the end of "+what, all)
}

// knows waits until FIND_PEER answers, which it does once the other is in the routing tables.
func (d *daemon) knows(t *testing.T, id peer.ID) {
	t.Helper()
	eventually(t, "the routing table to know "+id.String(), func() error {
		info, err := d.FindPeer(id)
		if err == nil && info.ID != id {
			return errors.New("another peer was found: " + info.ID.String())
		}
		return err
	})
}
