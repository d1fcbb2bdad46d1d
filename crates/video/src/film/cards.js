// Draws what is text in a film: captions, titles, the window's bar; and the window and the pointer. Each becomes a picture.
(() => {
  const element = (tag, style, ...inside) => {
    const made = document.createElement(tag);
    made.style.cssText = style;
    made.append(...inside);
    return made;
  };
  const FONT = "font-family: Inter, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif;";
  const PLATE = `box-sizing: border-box; padding: 0.5em 1em; border-radius: 0.58em; background: rgba(17, 20, 30, 0.86); color: #fff; line-height: 1.35;
    font-weight: 500; text-wrap: balance; border: 1px solid rgba(255, 255, 255, 0.12); overflow-wrap: anywhere;`;

  // Lines that were balanced are shorter than what they had room for.
  const shrink = (card) => {
    const words = document.createRange();
    words.selectNodeContents(card);
    const { paddingLeft, borderLeftWidth } = getComputedStyle(card);
    const side = Number.parseFloat(paddingLeft) + Number.parseFloat(borderLeftWidth);
    card.style.width = `${Math.ceil(words.getBoundingClientRect().width + 2 * side)}px`;
  };

  const kinds = {
    caption: ({ text, width }) =>
      element(
        "div",
        `${FONT} ${PLATE} display: inline-block; max-width: ${Math.round(width * 0.8)}px; font-size: 24px; text-align: center;`,
        text,
      ),
    // Lines stay lines, and each is written in the direction of its own script.
    plate: ({ text, size, room, align }) =>
      element(
        "div",
        `${FONT} ${PLATE} width: max-content; max-width: ${room[0]}px; font-size: ${size}px; text-align: ${align}; white-space: pre-line;
         unicode-bidi: plaintext;`,
        text,
      ),
    title: ({ text, subtitle, background, width, height }) => {
      const heading = element(
        "div",
        `font-size: ${Math.round(height / 11)}px; font-weight: 700; letter-spacing: -0.02em; line-height: 1.15; text-wrap: balance;`,
        text,
      );
      const below = element(
        "div",
        `font-size: ${Math.round(height / 24)}px; opacity: 0.78; margin-top: ${Math.round(height / 36)}px; text-wrap: balance;`,
        subtitle ?? "",
      );
      return element(
        "div",
        `${FONT} width: ${width}px; height: ${height}px; box-sizing: border-box; padding: 0 8%; display: flex; flex-direction: column; align-items: center;
         justify-content: center; text-align: center; color: #fff; background: ${background}; overflow: hidden;`,
        heading,
        ...(subtitle ? [below] : []),
      );
    },
    bar: ({ address, width, height, dark }) => {
      const dot = (colour) => element("span", `width: 12px; height: 12px; border-radius: 6px; background: ${colour};`);
      const dots = element("div", "position: absolute; left: 16px; top: 0; bottom: 0; display: flex; gap: 8px; align-items: center;");
      dots.append(dot("#ff5f57"), dot("#febc2e"), dot("#28c840"));
      const field = element(
        "div",
        `max-width: 56%; min-width: 34%; padding: 0 18px; height: 26px; line-height: 26px; border-radius: 8px; background: ${dark ? "rgba(255, 255, 255, 0.09)" : "rgba(255, 255, 255, 0.9)"}; color: ${dark ? "#c6ccda" : "#444b59"};
         font-size: 13px; text-align: center; white-space: nowrap; overflow: hidden; text-overflow: ellipsis;`,
        address,
      );
      return element(
        "div",
        `${FONT} position: relative; width: ${width}px; height: ${height}px; box-sizing: border-box; display: flex; align-items: center; justify-content: center;
         background: ${dark ? "#2a2e38" : "#e4e7ee"}; border-radius: 12px 12px 0 0; border-bottom: 1px solid ${dark ? "rgba(0, 0, 0, 0.5)" : "rgba(0, 0, 0, 0.1)"};`,
        dots,
        field,
      );
    },
    backdrop: ({ background, width, height, box, radius }) => {
      const window = element(
        "div",
        `position: absolute; left: ${box[0]}px; top: ${box[1]}px; width: ${box[2]}px; height: ${box[3]}px; border-radius: ${radius}px;
         box-shadow: 0 24px 60px rgba(0, 0, 0, 0.42), 0 4px 14px rgba(0, 0, 0, 0.28);`,
      );
      return element(
        "div",
        `position: relative; width: ${width}px; height: ${height}px; background: ${background}; overflow: hidden;`,
        window,
      );
    },
    pointer: ({ detail, style }) => {
      const made = element("div", `width: ${32 * detail}px; height: ${36 * detail}px;`);
      const [fill, line] = style === "white" ? ["#fff", "#16181d"] : ["#16181d", "#fff"];
      const arrow = `<path filter="url(#f)" d="M6 4 L6 26.4 L11.6 21.4 L15.2 29.8 L19.2 28.1 L15.6 19.8 L23 19.4 Z" fill="${fill}" stroke="${line}" stroke-width="1.7" stroke-linejoin="round"/>`;
      const dot = `<circle filter="url(#f)" cx="16" cy="18" r="11" fill="#16181d" fill-opacity="0.42" stroke="#fff" stroke-width="2"/>`;
      made.innerHTML = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 36" width="100%" height="100%">
        <defs><filter id="f" x="-30%" y="-30%" width="180%" height="180%"><feDropShadow dx="0" dy="1.4" stdDeviation="1.5" flood-opacity="0.45"/></filter></defs>
        ${style === "dot" ? dot : arrow}</svg>`;
      return made;
    },
  };

  window.draw = async (kind, options) => {
    const card = kinds[kind](options);
    document.body.replaceChildren(card);
    await document.fonts.ready;
    if (kind === "plate") shrink(card);
    const { x, y, width, height } = card.getBoundingClientRect();
    return { x, y, width: Math.ceil(width), height: Math.ceil(height) };
  };
})();
