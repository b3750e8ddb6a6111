import { compose, formatSize, hexDump, prettify, SAMPLES, type ComposeFormat } from '@tautline-examples/shared/page';
import type { Connection } from '@tautline/react';
import { Braces, FileUp, Send, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Choices } from '../parts/Choices';
import { Notice } from '../parts/Notice';

const FORMATS = [
  { value: 'text', label: 'Text' },
  { value: 'json', label: 'JSON' },
  { value: 'binary', label: 'Binary' },
] as const;
/** How many bytes of a file are shown before it is sent. */
const PREVIEW = 128;

/** Sends text, JSON or bytes; bytes written in hexadecimal, or those of a file. */
export function Composer({ send }: Pick<Connection, 'send'>) {
  const [format, setFormat] = useState<ComposeFormat>('text');
  const [input, setInput] = useState(SAMPLES.text);
  const [file, setFile] = useState<{ name: string; bytes: Uint8Array<ArrayBuffer> } | null>(null);
  const message = file?.bytes ?? compose(format, input);
  const choose = (next: ComposeFormat) => {
    setFormat(next);
    setInput(SAMPLES[next]);
    setFile(null);
  };
  const read = async (chosen: File | undefined) => {
    if (chosen) setFile({ name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!(message instanceof Error)) send(message);
  };

  return (
    <section className="card" aria-labelledby="send-title">
      <header>
        <h2 id="send-title">Send</h2>
        <div className="end">
          <Choices options={FORMATS} value={format} onChange={choose} label="Format" />
        </div>
      </header>
      <form className="body" onSubmit={submit}>
        {!file && (
          <label>
            <span className="visually-hidden">Message</span>
            <textarea
              className="input"
              value={input}
              spellCheck={false}
              onChange={(event) => setInput(event.target.value)}
            />
          </label>
        )}
        {message instanceof Error && <Notice tone="warn">{message.message}</Notice>}
        {message instanceof Uint8Array && (
          <figure className="hex">
            <figcaption className="muted small">
              {file?.name} {formatSize(message.length)}
              {message.length > PREVIEW && `, the first ${PREVIEW} of them`}
            </figcaption>
            <pre tabIndex={0}>{hexDump(message.subarray(0, PREVIEW))}</pre>
          </figure>
        )}
        <div className="row">
          <button type="submit" className="button primary" disabled={message instanceof Error}>
            <Send aria-hidden />
            Send
          </button>
          {format === 'json' && (
            <button type="button" className="button" onClick={() => setInput(prettify(input))}>
              <Braces aria-hidden />
              Format
            </button>
          )}
          {format === 'binary' && !file && (
            <label className="button">
              <FileUp aria-hidden />
              Choose a file
              <input type="file" className="visually-hidden" onChange={(event) => void read(event.target.files?.[0])} />
            </label>
          )}
          {file && (
            <button type="button" className="button" onClick={() => setFile(null)}>
              <X aria-hidden />
              Not the file
            </button>
          )}
          <span className="muted small">While the line is down, messages wait in the queue.</span>
        </div>
      </form>
    </section>
  );
}
