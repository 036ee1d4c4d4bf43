/** PostgreSQL's number of the type `text`. */
const TEXT = 25;

/**
 * Texts as PostgreSQL sends and takes an array of them in binary (`array_recv`): a parameter `$1::text[]` that nobody
 * has to quote or to parse. The driver sends a Buffer as it is.
 */
export function binaryTexts(texts: readonly string[]): Buffer {
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const array = Buffer.allocUnsafe(20 + sizes.reduce((sum, size) => sum + 4 + size, 0));
  // Dimensions, whether there are nulls, type, length, number of the first.
  [1, 0, TEXT, texts.length, 1].forEach((number, index) => array.writeInt32BE(number, 4 * index));
  let at = 20;
  texts.forEach((text, index) => {
    at = array.writeInt32BE(sizes[index]!, at);
    at += array.write(text, at);
  });
  return array;
}
