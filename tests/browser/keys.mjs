// Uses a site with the keyboard alone, with our script. Usage: node keys.mjs URL; prints what it found as JSON.
import { chromium } from "playwright-core";

const url = process.argv[2];
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
const found = { complaints: [] };

async function press(page, key, address) {
	await page.keyboard.press(key);
	await page.waitForURL(address, { timeout: 10000 });
}

// Goes on by Tab until an element has the focus whose text is \p name.
async function tabTo(page, name) {
	for (let i = 0; i < 40; i++) {
		await page.keyboard.press("Tab");
		const text = await page.evaluate(() => document.activeElement.textContent.trim());
		if (text === name) return page.evaluate(() => getComputedStyle(document.activeElement).outlineWidth);
	}
	throw new Error(`Tab does not lead to ${name}`);
}

async function copy(page) {
	const address = await page.locator("input[readonly]").inputValue();
	await tabTo(page, "Copy");
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "Copied" }).waitFor();
	return { address, copied: await page.evaluate(() => navigator.clipboard.readText()) };
}

async function search(page) {
	await press(page, "/", "**/search");
	// The field gets the focus when the page is first painted.
	await page.locator("input[type=search]:focus").waitFor();
	found.focused = await page.evaluate(() => document.activeElement.name);
	// In a field these are letters.
	await page.keyboard.type("r t/ apple");
	found.typed = await page.locator("input[type=search]").inputValue();
	await page.keyboard.press("Control+A");
	await page.keyboard.type("apple");
	await press(page, "Enter", "**/search?q=apple");
	found.kept = await page.locator("input[type=search]").inputValue();
	await tabTo(page, "Search");
	await page.keyboard.press("Tab");
	await press(page, "Enter", "**/q/*");
}

// As with cookies blocked, or in a frame in a sandbox.
async function useWithoutStorage(page) {
	await page.addInitScript(() => {
		Object.defineProperty(window, "localStorage", { get() { throw new DOMException("No", "SecurityError"); } });
	});
	await page.goto(found.permalink);
	await tabTo(page, "Keys r, t, /: on");
	await page.keyboard.press("Enter");
	found.unstored = await page.locator("footer button").innerText();
	await page.reload();
	await press(page, "t", "**/today");
}

try {
	const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
	const page = await context.newPage();
	page.on("console", (message) => found.complaints.push(message.text()));
	page.on("pageerror", (error) => found.complaints.push(String(error)));
	await page.goto(url);
	found.outline = await tabTo(page, "Another quote");
	await press(page, "Enter", "**/q/*");
	found.permalink = page.url();
	Object.assign(found, await copy(page));
	await press(page, "t", "**/today");
	await press(page, "r", "**/q/*");
	await search(page);
	await tabTo(page, "Keys r, t, /: on");
	await page.keyboard.press("Enter");
	found.off = await page.locator("footer button").innerText();
	const before = page.url();
	await page.keyboard.press("t");
	await page.reload();
	await page.keyboard.press("t");
	found.stays = page.url() === before;
	found.remembered = await page.locator("footer button").innerText();
	await useWithoutStorage(page);
} finally {
	await browser.close();
}
console.log(JSON.stringify(found));
