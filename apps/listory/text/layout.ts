/** Width that texts for people keep to. */
export const WIDTH = 120;

/** The text on one line, cut to `width` characters. */
export function clip(text: unknown, width: number): string {
  const line = String(text ?? '').replace(/\s+/g, ' ').trim();
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}

/** Lines of at most `WIDTH` characters: a label, and beside it the text, broken between words. */
export function beside(label: string, text: string, indent = 2, labelWidth = 12): string {
  const room = WIDTH - indent - labelWidth;
  const lines: string[] = [];
  let line = '';
  for (const word of text.replace(/\s+/g, ' ').trim().split(' ').flatMap((whole) => pieces(whole, room))) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  const blank = ' '.repeat(indent);
  return lines.map((one, index) => `${blank}${(index === 0 ? label : '').padEnd(labelWidth)}${one}`).join('\n');
}

/** `1 listing`, `2 listings`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** A word that fills more than a line, in pieces that do not. */
function pieces(word: string, room: number): string[] {
  return word.length <= room ? [word] : (word.match(new RegExp(`.{1,${room}}`, 'gu')) ?? []);
}
