export const COMPOSE_FORMATS = ['text', 'json', 'binary'] as const;
export type ComposeFormat = (typeof COMPOSE_FORMATS)[number];

/** What the composer starts with in each format. */
export const SAMPLES: Readonly<Record<ComposeFormat, string>> = {
  text: 'Hello over there',
  json: '{ "type": "greeting", "to": "there" }',
  binary: '00 01 7f 80 ff',
};

/** What the composer holds, ready to send; a mistake as an `Error` whose message says what to write. */
export function compose(format: ComposeFormat, input: string): string | Uint8Array<ArrayBuffer> | Error {
  switch (format) {
    case 'text':
      return input;
    case 'json':
      try {
        return JSON.stringify(JSON.parse(input));
      } catch {
        return new Error('This is not JSON. Names and texts need double quotes.');
      }
    case 'binary': {
      const digits = input.replace(/[\s,]|0x/gi, '');
      if (digits.length % 2 || /[^0-9a-f]/i.test(digits))
        return new Error('Write bytes as pairs of hexadecimal digits, for instance 00 7f ff.');
      return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    }
  }
}

/** JSON with a line for each field; what is none stays as it is. */
export function prettify(input: string): string {
  try {
    return JSON.stringify(JSON.parse(input), null, 2);
  } catch {
    return input;
  }
}
