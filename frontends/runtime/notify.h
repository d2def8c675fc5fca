/** Tells the service manager how the program is (sd_notify(3)), if it wants to know. */
#ifndef QUOTED_FRONTENDS_RUNTIME_NOTIFY_H
#define QUOTED_FRONTENDS_RUNTIME_NOTIFY_H

/** Sends lines such as "READY=1\nSTATUS=..." to $NOTIFY_SOCKET; does nothing without it. Never
 * blocks: a message that the manager has no room for is lost. */
void notify_send(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** Sends that a reload begins, with the time that Type=notify-reload needs. */
void notify_reloading(void);

/** Returns the seconds within which the manager wants a "WATCHDOG=1", from $WATCHDOG_USEC; 0:
 * none. */
double notify_watchdog(void);

#endif
