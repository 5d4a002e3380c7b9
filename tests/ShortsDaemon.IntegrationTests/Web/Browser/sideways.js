// What sticks out of the window to the right. Returns nothing when the page need not be moved sideways.
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width && width === 390) return [];
  const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > 391);
  return [`${document.documentElement.scrollWidth} px`, ...wide.map((e) => `<${e.localName} class="${e.className}">`)];
}
