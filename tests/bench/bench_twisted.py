"""TwistedQuotes' equivalent with its quotes cached, for scripts/bench: bench_twisted.py PORT [WEB FILES].

On the port WEB it serves the directory FILES.
"""

import random
import sys

from twisted.internet import epollreactor

epollreactor.install()

from twisted.internet import protocol, reactor  # noqa: E402
from twisted.web import server, static  # noqa: E402

QUOTES = [b"The early bird catches the worm,\r\nbut the second mouse gets the cheese.\r\n"] * 16


class QOTD(protocol.Protocol):
    def connectionMade(self):
        self.transport.write(random.choice(QUOTES))
        self.transport.loseConnection()


class QOTDDatagram(protocol.DatagramProtocol):
    def datagramReceived(self, data, address):
        self.transport.write(random.choice(QUOTES), address)


factory = protocol.Factory()
factory.protocol = QOTD
factory.noisy = False
port = int(sys.argv[1])
reactor.listenTCP(port, factory, backlog=4096, interface="127.0.0.1")
reactor.listenUDP(port, QOTDDatagram(), interface="127.0.0.1")
if len(sys.argv) > 2:
    site = server.Site(static.File(sys.argv[3]))
    site.noisy = False
    reactor.listenTCP(int(sys.argv[2]), site, backlog=4096, interface="127.0.0.1")
reactor.run()
