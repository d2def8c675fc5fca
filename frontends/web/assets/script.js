/* Every page contains this script; its hash is in the policy. All works without it. Each statement
   ends in a semicolon, as line ends are removed. */
const at = (path) => new URL(path, document.baseURI).href;
const make = (text, press) => {
	const button = document.createElement("button");
	button.type = "button";
	button.textContent = text;
	button.onclick = press;
	return button;
};

/* The address to copy, absolute even if the server does not know where it is. */
for (const field of document.querySelectorAll("input[readonly]")) {
	field.value = at(field.value);
	const button = make("Copy", async () => {
		try {
			await navigator.clipboard.writeText(field.value);
		} catch {
			/* This takes the focus, and with it the keys. */
			field.select();
			document.execCommand("copy");
			button.focus();
		}
		button.textContent = "Copied";
	});
	button.setAttribute("aria-live", "polite");
	field.after(" ", button);
}

/* Keys, and a button to turn them off. A browser that stores nothing for us throws; then the choice
   holds for the page. */
let keys = true;
try {
	keys = localStorage.getItem("keys") !== "off";
} catch {}
const name = () => "Keys r, t, /: " + (keys ? "on" : "off");
const choice = make(name(), () => {
	keys = !keys;
	choice.textContent = name();
	try {
		localStorage.setItem("keys", keys ? "on" : "off");
	} catch {}
});
document.querySelector("footer").append(choice);
document.addEventListener("keydown", (event) => {
	const to = { r: "random", t: "today", "/": "search" }[event.key];
	const busy = event.ctrlKey || event.metaKey || event.altKey || /INPUT|SELECT|TEXTAREA/.test(event.target.tagName);
	if (!keys || busy || !to) return;
	event.preventDefault();
	const field = document.querySelector("input[type=search]");
	if (event.key === "/" && field) field.focus();
	else location.href = at(to);
});
