/**
 * A program for Python: it carries packets between two TUN devices, each after a delay, as netem does where the kernel has
 * it. Its arguments are the names of the devices and milliseconds; it ends with its standard input.
 */
export const DELAY_PROGRAM = `\
import collections
import fcntl
import os
import select
import struct
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000
MOST_PACKETS = 10_000


def open_tun(name):
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN | IFF_NO_PI))
    return device


def main(near, far, milliseconds):
    one, other = open_tun(near), open_tun(far)
    opposite = {one: other, other: one}
    delay = float(milliseconds) / 1000
    flying = collections.deque()
    print("ready", flush=True)
    while True:
        patience = max(0, flying[0][0] - time.monotonic()) if flying else None
        readable, _, _ = select.select([0, one, other], [], [], patience)
        if 0 in readable:
            return
        for device in readable:
            try:
                packet = os.read(device, 65536)
            except OSError:
                continue
            if len(flying) < MOST_PACKETS:
                flying.append((time.monotonic() + delay, opposite[device], packet))
        while flying and flying[0][0] <= time.monotonic():
            _, device, packet = flying.popleft()
            try:
                os.write(device, packet)
            except OSError:
                pass  # the device is down, or full: a packet is lost


main(*sys.argv[1:])
`
