import { compose, COMPOSE_FORMATS, SAMPLES, type ComposeFormat } from '@tautline-examples/shared/page';
import type { Connection } from '@tautline/react';
import { Send, TriangleAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';

const LABELS: Record<ComposeFormat, string> = { text: 'Text', json: 'JSON', binary: 'Binary' };

export function Composer({ send }: Pick<Connection, 'send'>) {
  const [format, setFormat] = useState<ComposeFormat>('text');
  const [input, setInput] = useState(SAMPLES.text);
  const message = compose(format, input);
  const choose = (next: ComposeFormat) => {
    setFormat(next);
    setInput(SAMPLES[next]);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!(message instanceof Error)) send(message);
  };

  return (
    <section className="card" aria-labelledby="send-title">
      <header>
        <h2 id="send-title">Send</h2>
        <div className="end choices" role="group" aria-label="Format">
          {COMPOSE_FORMATS.map((choice) => (
            <button key={choice} type="button" aria-pressed={choice === format} onClick={() => choose(choice)}>
              {LABELS[choice]}
            </button>
          ))}
        </div>
      </header>
      <form className="body" onSubmit={submit}>
        <label>
          <span className="visually-hidden">Message</span>
          <textarea
            className="input"
            value={input}
            spellCheck={false}
            onChange={(event) => setInput(event.target.value)}
          />
        </label>
        {message instanceof Error && (
          <p className="notice" data-status="reconnecting">
            <TriangleAlert aria-hidden />
            {message.message}
          </p>
        )}
        <div className="row">
          <button type="submit" className="button primary" disabled={message instanceof Error}>
            <Send aria-hidden />
            Send
          </button>
          <span className="muted small">While the line is down, messages wait in the queue.</span>
        </div>
      </form>
    </section>
  );
}
