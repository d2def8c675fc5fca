/** A mail_service with one quote, "An apple a day", and a relay that the test plays. */
#ifndef QUOTED_TESTS_SUPPORT_MAIL_SCENE_H
#define QUOTED_TESTS_SUPPORT_MAIL_SCENE_H

#include "frontends/keeper/searcher.h"
#include "frontends/mail/service/mail_service.h"
#include "tests/support/peer.h"
#include "tests/support/quotes.h"

#define MAIL_SCENE_ID "Message-ID: <1@b.example>\r\n"

/** A service, the relay, and the last verdicts. */
struct mail_scene {
	struct ev_loop *loop;
	struct quotes quotes;
	struct frontend_context context;
	struct searcher *searcher;
	struct smtp_address address;
	struct smtp_mailboxes mailboxes;
	struct smtp_session_options session; /* with that service; no test reaches its limits */
	struct mail_options mail;
	struct mail_section section;
	struct mail_service *service;
	struct peer relay;
	int answers;
	enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT];
};

/** Prepares all but the service; the test may still change its options, mail. */
void mail_scene_prepare(struct mail_scene *scene);

/** Creates the service. */
void mail_scene_open(struct mail_scene *scene);

/** Frees everything. */
void mail_scene_finish(struct mail_scene *scene);

/** Hands a message over. Returns NULL if the verdicts are there at once. */
struct mail_task *mail_scene_take(struct mail_scene *scene, const char *sender,
	enum smtp_recipient recipient, const char *text);

/** Hands a message to our address over, and returns the verdict, which must be there at once. */
enum smtp_verdict mail_scene_take_at_once(
	struct mail_scene *scene, const char *sender, const char *text);

/** Returns whether there were verdicts later; \p data is the scene. */
bool mail_scene_is_answered(void *data);

/** Waits until a message is kept, and returns the verdict on it. */
enum smtp_verdict mail_scene_verdict(struct mail_scene *scene, enum smtp_recipient recipient);

/** Plays the relay, which takes one message, and waits until the service is idle. */
void mail_scene_relay(struct mail_scene *scene);

#endif
