/** An element of a parsed document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const TOKEN =
  /<\?xml[^?]*\?>|<(?<close>\/)?(?<name>[\w-]+)(?<attributes>(?:\s+[\w-]+="[^"<]*")*)\s*(?<empty>\/)?>|(?<text>[^<]+)/gy;

/** Parses the XML that reporters write, and refuses what XML 1.0 forbids. Throws on any malformed byte. */
export function parseXml(source: string): XmlElement {
  if (!/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(source))
    throw new Error("a character that is no XML character");
  type Open = {
    name: string;
    attributes: Record<string, string>;
    children: XmlElement[];
    text: string;
  };
  const root: Open = { name: "", attributes: {}, children: [], text: "" };
  const stack: Open[] = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(source)?.groups;
    if (groups === undefined) {
      if (TOKEN.lastIndex > at) continue;
      throw new Error(`malformed at ${at}: ${source.slice(at, at + 40)}`);
    }
    const top = stack.at(-1);
    if (top === undefined) throw new Error("text after the root element");
    if (groups.text !== undefined) top.text += expanded(groups.text);
    else if (groups.close !== undefined) {
      if (top.name !== groups.name) throw new Error(`</${groups.name}> closes <${top.name}>`);
      stack.pop();
    } else if (groups.name !== undefined) {
      const element: Open = { name: groups.name, attributes: {}, children: [], text: "" };
      for (const [, key = "", value = ""] of (groups.attributes ?? "").matchAll(
        /([\w-]+)="([^"]*)"/g,
      ))
        element.attributes[key] = expanded(value);
      top.children.push(element);
      if (groups.empty === undefined) stack.push(element);
    }
  }
  const [only] = root.children;
  if (stack.length !== 1 || only === undefined) throw new Error("an element is left open");
  return only;
}

function expanded(text: string): string {
  const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"' };
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    const char = entities[name];
    if (char === undefined || !whole.endsWith(";")) throw new Error(`bad entity ${whole}`);
    return char;
  });
}
