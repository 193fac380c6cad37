"""A p2pd on py-libp2p: go-libp2p-daemon's control protocol, as far as the library goes."""
