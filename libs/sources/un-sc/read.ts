import { SaxesParser } from 'saxes';
import type { SourceDocument } from '../documents.js';
import { RefusedEditionError } from '../errors.js';
import { otherKindOf, plainTextOf } from '../plain-text.js';

/** An element of the UN's XML: either its text or its children count. */
export interface UnElement {
  name: string;
  /** Blanks trimmed and collapsed. */
  text: string;
  children: UnElement[];
}

export interface UnDocument {
  /** `dateGenerated` as printed, such as `2020-11-24T20:23:07.617-05:00`. */
  generated: string | null;
  /** The entries of each section, by the section's name. */
  sections: Map<string, UnElement[]>;
}

const ROOT = 'CONSOLIDATED_LIST';

/** The real files are five levels deep, and their longest comment has 4,000 characters. */
const DEEPEST = 12;
const LONGEST_TEXT = 256 * 1024;

/**
 * Reads the UN's XML. Document types are refused, and with them every entity but the five of XML: nothing in a
 * download may make the reader fetch or multiply anything.
 * @throws RefusedEditionError
 */
export function readUn(source: string, documents: SourceDocument[]): UnDocument {
  const [document, ...others] = documents;
  if (document === undefined || others.length > 0) {
    const problem = `An edition is one XML file, and here are ${documents.length}.`;
    throw new RefusedEditionError(source, null, null, problem, 'Load the files one by one.');
  }
  const text = plainTextOf(source, document);
  const kind = otherKindOf(text);
  if (kind !== 'an XML document') {
    throw new RefusedEditionError(source, document.name, null, `This is ${kind ?? 'no XML document'}, not the UN's XML.`);
  }
  return parseXml(source, document.name, text);
}

function parseXml(source: string, name: string, text: string): UnDocument {
  const parser = new SaxesParser();
  const refuse = (problem: string, advice?: string): never => {
    throw new RefusedEditionError(source, name, `line ${parser.line}, column ${parser.column}`, problem, advice);
  };
  const found: UnDocument = { generated: null, sections: new Map() };
  const open: UnElement[] = [];
  parser.on('error', (error) => refuse(`Not well-formed XML (${error.message.replace(/^\d+:\d+: /, '')}).`, 'Fetch it from the publisher again: the download was probably cut short.'));
  parser.on('doctype', () => refuse('It declares a document type, which could define entities.', 'The UN declares none: do not trust where this came from.'));
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) refuse(`It is in ${encoding}, not in UTF-8.`);
  });
  parser.on('opentag', (tag) => {
    if (open.length === 0 && tag.name !== ROOT) refuse(`Its root is <${tag.name}>, not <${ROOT}>.`, 'This is another document: load the right one.');
    if (open.length >= DEEPEST) refuse(`Elements are nested more than ${DEEPEST} deep.`);
    if (open.length === 0) found.generated = tag.attributes['dateGenerated']?.trim() ?? null;
    if (open.length === 1) found.sections.set(tag.name, found.sections.get(tag.name) ?? []);
    open.push({ name: tag.name, text: '', children: [] });
  });
  const addText = (more: string) => {
    const element = open.at(-1);
    if (element === undefined) return;
    element.text += more;
    if (element.text.length > LONGEST_TEXT) refuse(`<${element.name}> holds more than ${LONGEST_TEXT} characters.`);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element === undefined) return;
    element.text = element.text.replace(/\s+/g, ' ').trim();
    if (open.length === 2) found.sections.get(open[1]?.name ?? '')?.push(element);
    else if (open.length > 2) open.at(-1)?.children.push(element);
  });
  parser.write(text).close();
  return found;
}
