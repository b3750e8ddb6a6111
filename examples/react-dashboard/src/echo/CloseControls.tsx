import { CLOSE_CODES, describeVerdict } from '@tautline-examples/shared/page';
import type { Connection } from '@tautline/react';
import { PlugZap } from 'lucide-react';
import { useState, type FormEvent } from 'react';

/** Lets the server end the connection, to see what the close code makes of it. */
export function CloseControls({ send }: Pick<Connection, 'send'>) {
  const [code, setCode] = useState(1012);
  const [reason, setReason] = useState('as asked');
  const verdict = CLOSE_CODES.find((choice) => choice.code === code)?.verdict;
  const close = (event: FormEvent) => {
    event.preventDefault();
    send(JSON.stringify({ type: 'close', code, reason }), { volatile: true }); // worth nothing later
  };

  return (
    <section className="card" aria-labelledby="close-title">
      <header>
        <h2 id="close-title">Let the server close</h2>
      </header>
      <form className="body" onSubmit={close}>
        <div className="row">
          <label className="field grow">
            <span>Close code</span>
            <select className="select" value={code} onChange={(event) => setCode(Number(event.target.value))}>
              {CLOSE_CODES.map((choice) => (
                <option key={choice.code} value={choice.code}>
                  {choice.code} {choice.meaning}
                </option>
              ))}
            </select>
          </label>
          <label className="field grow">
            <span>Reason</span>
            <input
              className="input"
              value={reason}
              placeholder="none"
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
          <button type="submit" className="button">
            <PlugZap aria-hidden />
            Close
          </button>
        </div>
        {verdict && (
          <p className="muted small">
            Tautline’s verdict on {code} is {describeVerdict(verdict)}.
          </p>
        )}
      </form>
    </section>
  );
}
