// What readers of screens, keyboards and weak eyes need of a page. Returns what is wrong, in words.
() => {
  const wrong = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const call = (e) => `<${e.localName}> "${(e.textContent.trim() || e.id || e.name || "").slice(0, 40)}"`;
  const expect = (isRight, words) => isRight || wrong.push(words);

  expect(document.documentElement.lang, "the page has no language");
  expect(document.title.trim(), "the page has no title");
  expect(all("h1").length === 1, `${all("h1").length} h1`);
  expect(all("main").length === 1, `${all("main").length} main`);
  for (const e of all("input:not([type=hidden]), select, textarea, progress, meter"))
    expect(e.labels?.length || e.ariaLabel || e.getAttribute("aria-labelledby"), `${call(e)} has no label`);
  for (const e of all("a[href], button")) expect(e.textContent.trim() || e.ariaLabel, `${call(e)} has no name`);
  for (const e of all("button[aria-label]"))
    expect(e.ariaLabel.startsWith(e.textContent.trim()), `${call(e)} is called otherwise than it says`);
  for (const e of all("img")) expect(e.hasAttribute("alt"), `${e.src} has no alt`);
  for (const e of all("video")) expect(e.controls && e.ariaLabel, "a video without controls or name");
  for (const e of all("th")) expect(e.scope, `${call(e)} says not whether it heads a row or a column`);
  for (const e of all("[tabindex]")) expect(e.tabIndex <= 0, `${call(e)} changes the order of keys`);
  for (const e of all("[aria-labelledby]"))
    expect(document.getElementById(e.getAttribute("aria-labelledby")), `${call(e)} is labelled by nothing`);
  const ids = all("[id]").map((e) => e.id);
  for (const id of new Set(ids)) expect(ids.indexOf(id) === ids.lastIndexOf(id), `#${id} is there twice`);
  let level = 0;
  for (const e of all("h1, h2, h3, h4, h5, h6")) {
    expect(Number(e.localName[1]) <= level + 1, `${call(e)} leaves out a level`);
    level = Number(e.localName[1]);
  }

  // Contrast as in WCAG 2.2: at least 4.5, whatever the size.
  const colour = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return { rgb: [r, g, b], a };
  };
  const over = (front, back) => front.rgb.map((value, i) => value * front.a + back[i] * (1 - front.a));
  const backOf = (e) => {
    if (!e) return matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
    const own = colour(getComputedStyle(e).backgroundColor);
    return own.a === 1 ? own.rgb : over(own, backOf(e.parentElement));
  };
  const opacity = (e) => (e ? Number(getComputedStyle(e).opacity) * opacity(e.parentElement) : 1);
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (e) => {
    const back = backOf(e);
    const ink = colour(getComputedStyle(e).color);
    ink.a *= opacity(e);
    const [low, high] = [light(over(ink, back)), light(back)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const written = new Set(all("input:not([type=hidden]), select, textarea"));
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) if (texts.currentNode.data.trim()) written.add(texts.currentNode.parentElement);
  for (const e of written)
    if (e.checkVisibility({ visibilityProperty: true }) && !e.closest("progress, video, :disabled")) {
      const found = contrast(e);
      expect(found >= 4.5, `${call(e)} has a contrast of ${found.toFixed(2)}`);
    }
  return wrong;
}
