/** Ids and classes that a program made up: they differ in the next build or page load. */

const generatedPrefix =
  /^(react|vue|ng|ember|radix|headlessui|mui|mat|cdk|ext-gen|yui|gwt-uid|sc|css|jss|emotion|svelte|chakra|mantine|rc|aria|select2|downshift|tippy|floating-ui|base-ui|popover|uid|id)[-_:]/i;
/** Prefixes that only count when a counter or hash follows. */
const mild = /^(sc|css|mat|rc|aria|popover|uid|id|svelte|chakra|mantine|mui|select2|downshift|tippy|ng)[-_:]/i;

export function isGenerated(token: string): boolean {
  if (token.length > 60 || /\s/.test(token)) return true;
  if (/^[:«_]r\w*[:»_]/.test(token) || /:r\w+:/.test(token)) return true;
  if (/\d{6,}/.test(token) || /^(ember|yui|gwt|ext)\d+$/i.test(token)) return true;
  if (/[0-9a-f]{8}-[0-9a-f]{4}-/i.test(token)) return true;
  for (const hex of token.match(/[0-9a-f]{8,}/gi) ?? []) if (/\d/.test(hex) && /[a-f]/i.test(hex)) return true;
  if (generatedPrefix.test(token)) {
    return mild.test(token) ? /[-_:](?=\w*\d)\w+$/.test(token) : true;
  }
  return looksRandom(token);
}

/** Classes that say how an element is at the moment rather than which it is. */
export function isStateClass(name: string): boolean {
  return /^(is|has|was)-|^ng-(pristine|dirty|valid|invalid|touched|untouched)|^(active|focus(ed)?|hover(ed)?|selected|open(ed)?|closed|show(n)?|hidden|visible|disabled|enabled|checked|current|loading|loaded|collapsed|expanded|pressed|dragging|in|out|fade|animated?|first|last|odd|even)$|(^|[-_])(active|focused|selected|disabled|open|hover)$/i.test(
    name,
  );
}

/** Hash-like parts such as `kX92f`: letters and digits mixed in both cases. */
function looksRandom(token: string): boolean {
  return token.split(/[-_]+/).some((part) => {
    if (part.length < 5) return false;
    const changes = (part.match(/[a-z](?=[A-Z0-9])|[0-9](?=[a-zA-Z])|[A-Z](?=[0-9])/g) ?? []).length;
    return /\d/.test(part) && changes >= 2;
  });
}
