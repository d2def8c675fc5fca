// Goes through pages by Tab, and where Enter on the first link of each leads. Usage: node tab.mjs URL...; prints
// {URL: {reached, expected, faint, status}, ...}.
import { chromium } from "playwright-core";

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});

// Names are as people see them; things that scroll take the focus too.
const describe = `(element) => element.getAttribute("aria-label") ?? (element.innerText || element.value || element.tagName).trim()`;
const expectedOf = `[...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
	.filter((element) => element.checkVisibility()).map(${describe})`;

// The parts of a time have the focus one by one, within the same element.
async function goThrough(page, count, found) {
	for (let i = 0; i < 2 * count && found.reached.length < count; i++) {
		await page.keyboard.press("Tab");
		const [name, style, width, same] = await page.evaluate(`(() => {
			const { activeElement } = document;
			const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
			const same = window.before === activeElement;
			window.before = activeElement;
			return [(${describe})(activeElement), outlineStyle, outlineWidth, same];
		})()`);
		if (same) continue;
		found.reached.push(name);
		if (style === "none" || parseFloat(width) < 2) found.faint.push(name);
	}
}

async function follow(page) {
	const links = page.locator("main a[href]:not([href^=mailto])");
	if (!(await links.count())) return null;
	await links.first().focus();
	const [response] = await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
	return response.status();
}

const results = {};
try {
	const page = await browser.newPage();
	for (const url of process.argv.slice(2)) {
		const found = (results[url] = { reached: [], faint: [] });
		await page.goto(url);
		// The field of a search gets the focus soon; Tab goes on from where that was last.
		await page.waitForFunction(() => !document.querySelector("[autofocus]") || document.activeElement.autofocus);
		await page.evaluate(() => {
			document.body.tabIndex = -1;
			document.body.focus();
			document.body.removeAttribute("tabindex");
		});
		found.expected = await page.evaluate(expectedOf);
		await goThrough(page, found.expected.length, found);
		found.status = await follow(page);
	}
} finally {
	await browser.close();
}
console.log(JSON.stringify(results));
