import { readName } from '@tautline-examples/shared';
import { LogIn } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Notice } from '../parts/Notice';

/** Who are you? A demo believes whatever it is told. */
export function NameForm({ onName, autoFocus }: { onName: (name: string) => void; autoFocus: boolean }) {
  const [input, setInput] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = readName(input);
    if (name instanceof Error) return setProblem(name.message);
    onName(name);
  };

  return (
    <section className="card name-card" aria-labelledby="name-title">
      <header>
        <h2 id="name-title">Chat</h2>
      </header>
      <form className="body" onSubmit={submit}>
        <p className="muted">
          Three rooms, shared by both dashboards. Choose a name; there is no password, as this is a demo.
        </p>
        <div className="row">
          <label className="field grow">
            <span>Your name</span>
            <input
              className="input"
              value={input}
              autoComplete="nickname"
              autoFocus={autoFocus}
              aria-invalid={problem !== null}
              aria-describedby={problem ? 'name-problem' : undefined}
              onChange={(event) => setInput(event.target.value)}
            />
          </label>
          <button type="submit" className="button primary">
            <LogIn aria-hidden />
            Join
          </button>
        </div>
        {problem && (
          <Notice id="name-problem" tone="bad">
            {problem}
          </Notice>
        )}
      </form>
    </section>
  );
}
