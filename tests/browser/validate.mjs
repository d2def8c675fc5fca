// Validates pages as HTML and feeds as Atom. Usage: node validate.mjs URL...; prints {URL: [COMPLAINT, ...], ...}.
import { parseFeed } from "@rowanmanning/feed-parser";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const html = new HtmlValidate(new StaticConfigLoader({ extends: ["html-validate:standard"] }));

// The validator does not know that these tags may be left out.
function completed(text) {
	return text
		.replace("<html lang=en>", "$&<head>")
		.replace("<header>", "</head><body>$&")
		.concat("</body></html>");
}

async function complaintsAboutPage(text) {
	const report = await html.validateString(completed(text));
	return report.results.flatMap((result) =>
		result.messages.map((one) => `${one.ruleId}: ${one.message} (${one.selector})`),
	);
}

function complaintsAboutFeed(text) {
	const feed = parseFeed(text);
	const of = (name, one) => (one[name] ? [] : [`${one.id ?? "feed"} has no ${name}`]);
	const entries = feed.items.flatMap((item) =>
		["id", "title", "url", "updated", "content"].flatMap((name) => of(name, item)),
	);
	const count = feed.items.length === 30 ? [] : [`${feed.items.length} entries`];
	return [...["title", "url", "updated"].flatMap((name) => of(name, feed)), ...entries, ...count];
}

const results = {};
for (const url of process.argv.slice(2)) {
	const response = await fetch(url, { headers: { "user-agent": "Mozilla/5.0" } });
	const type = response.headers.get("content-type");
	const text = await response.text();
	if (type.startsWith("text/html")) results[url] = await complaintsAboutPage(text);
	else if (type.startsWith("application/atom+xml")) results[url] = complaintsAboutFeed(text);
	else results[url] = [`not a page or feed: ${type}`];
}
console.log(JSON.stringify(results));
