// Visits pages with Chromium without JavaScript: on a wide screen, and on a narrow one in both colour schemes.
// Usage: node page.mjs DIRECTORY NAME=URL...; prints {"NAME-WIDTH-SCHEME": FINDINGS, ...}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [directory, ...pages] = process.argv.slice(2);
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const origins = new Set(pages.map((argument) => new URL(argument.split(/=(.*)/s)[1]).origin));
const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const looks = [
	{ viewport: { width: 1280, height: 800 }, colorScheme: "light" },
	{ viewport: { width: 320, height: 640 }, colorScheme: "light" },
	{ viewport: { width: 320, height: 640 }, colorScheme: "dark" },
];

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: [
		"--no-sandbox",
		"--disable-gpu",
		"--disable-quic",
		"--no-first-run",
		"--disable-background-networking",
		"--disable-component-update",
		"--disable-sync",
	],
});

// One tab visits all pages of a context; watched.found collects the events of the current one.
async function openPage(context, watched) {
	const page = await context.newPage();
	page.on("console", (message) => watched.found.complaints.push(message.text()));
	page.on("pageerror", (error) => watched.found.complaints.push(String(error)));
	page.on("requestfailed", (request) => {
		const { errorText } = request.failure();
		// Leaving a page ends what it still loads, such as its icon.
		if (errorText !== "net::ERR_ABORTED") watched.found.complaints.push(`${errorText}: ${request.url()}`);
	});
	page.on("request", (request) => {
		const { href, origin, pathname } = new URL(request.url());
		// The icon of a page may be wanted when the browser is at the next one already.
		const isLate = pathname.startsWith("/favicon.") && origin !== watched.origin && origins.has(origin);
		if (!isLate) watched.found.requests.push(href);
	});
	return page;
}

// The text of the quote, or of the whole content if the page has several or none.
async function contentOf(page) {
	return (await page.locator("figure blockquote, main").last().innerText()).trim();
}

// Back and Forward show what was there.
async function goBackAndForward(page) {
	const here = await contentOf(page);
	await page.goBack();
	const before = await contentOf(page);
	await page.goForward();
	return before !== here && (await contentOf(page)) === here;
}

async function lookForAnother(page, found) {
	const quotes = new Set([await contentOf(page)]);
	for (let i = 0; i < 40 && quotes.size < 2; i++) {
		await page.getByRole("link", { name: "Another quote" }).click();
		await page.waitForURL("**/q/*");
		quotes.add(await contentOf(page));
	}
	found.different = quotes.size;
	found.returns = quotes.size < 2 || (await goBackAndForward(page));
}

async function visit(page, url, picture, found) {
	const response = await page.goto(url);
	found.status = response.status();
	found.octets = (await response.body()).length;
	found.title = await page.title();
	found.current = await page.locator("header [aria-current]").allInnerTexts();
	found.height = await page.evaluate(() => document.documentElement.scrollHeight / innerHeight);
	await page.screenshot({ path: picture, fullPage: true });
	// Where the link leads is the same on all screens.
	const isWide = page.viewportSize().width > 320;
	if (isWide && (await page.getByRole("link", { name: "Another quote" }).count())) await lookForAnother(page, found);
	await page.goto("about:blank");
}

// The rules know no width but the narrow one, where things could be too near each other.
async function inspect(page, url, found) {
	await page.goto(url);
	const measured = await page.evaluate(() => ({
		scrolls: document.documentElement.scrollWidth > document.documentElement.clientWidth,
		styled: getComputedStyle(document.querySelector(".b")).letterSpacing,
		background: getComputedStyle(document.body).backgroundColor,
		smallTargets: [...document.querySelectorAll("a, button")]
			.map((link) => link.getBoundingClientRect())
			.filter((box) => box.width < 24 || box.height < 24).length,
		aligned: [...document.querySelectorAll("figure")].every((figure) => {
			const [quote, caption] = ["blockquote", "figcaption"].map((name) => figure.querySelector(name));
			return !caption || getComputedStyle(quote).direction === getComputedStyle(caption).direction;
		}),
		pictures: document.querySelectorAll("pre[role=img][aria-label]").length,
	}));
	Object.assign(found, measured);
	if (page.viewportSize().width > 320) return;
	await page.evaluate(axeSource);
	const result = await page.evaluate((tags) => axe.run({ runOnly: tags }), wcag);
	found.violations = result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html)}`);
	found.rules = result.passes.length;
	found.scrollsEnlarged = await page.evaluate(() => {
		const { documentElement } = document;
		documentElement.style.fontSize = "200%";
		return documentElement.scrollWidth > documentElement.clientWidth;
	});
	await page.emulateMedia({ media: "print" });
	found.printedButtons = await page.locator("button:visible").count();
	await page.emulateMedia({ media: null });
	await page.goto("about:blank");
}

async function lookAtAll({ viewport, colorScheme }, results) {
	const visitor = await browser.newContext({ viewport, colorScheme, javaScriptEnabled: false });
	// The inspection needs scripts; the visitor keeps to the policy of the page.
	const inspector = await browser.newContext({ viewport, colorScheme, bypassCSP: true });
	const watched = {};
	const visited = await openPage(visitor, watched);
	const inspected = await openPage(inspector, watched);
	for (const argument of pages) {
		const [name, url] = argument.split(/=(.*)/s);
		const key = `${name}-${viewport.width}-${colorScheme}`;
		const found = (results[key] = watched.found = { complaints: [], requests: [] });
		watched.origin = new URL(url).origin;
		await visit(visited, url, join(directory, `${key}.png`), found);
		await inspect(inspected, url, found);
	}
}

const results = {};
try {
	await Promise.all(looks.map((look) => lookAtAll(look, results)));
} finally {
	await browser.close();
}
console.log(JSON.stringify(results));
