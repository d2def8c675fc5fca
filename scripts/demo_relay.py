#!/usr/bin/python3
"""A mail relay for the demo: accepts and prints every message, delivers none.

usage: demo_relay.py PORT_FILE     writes the loopback port it listens on to PORT_FILE
"""

import asyncio
import os
import sys

from aiosmtpd.smtp import SMTP


class Printer:
    """aiosmtpd's handler."""

    async def handle_DATA(self, server, session, envelope):
        text = envelope.content.decode("utf-8", "replace").replace("\r\n", "\n")
        lines = "".join(f"  | {line}\n" for line in text.rstrip().split("\n"))
        print(f"\nmail to {', '.join(envelope.rcpt_tos)}:\n{lines}", flush=True)
        return "250 2.0.0 printed"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Printer(), hostname="relay.demo.example", loop=loop), "127.0.0.1", 0
    )
    # Renamed into place, so that a waiting reader never sees half a number.
    with open(sys.argv[1] + ".new", "w", encoding="ascii") as file:
        file.write(str(server.sockets[0].getsockname()[1]))
    os.rename(sys.argv[1] + ".new", sys.argv[1])
    await server.serve_forever()


asyncio.run(main())
