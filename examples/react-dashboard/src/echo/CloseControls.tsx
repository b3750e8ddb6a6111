import { CLOSE_CODES } from '@tautline-examples/shared/page';
import type { Connection } from '@tautline/react';
import { PlugZap } from 'lucide-react';
import { useState } from 'react';

/** Lets the server end the connection, to see what the close code makes of it. */
export function CloseControls({ send }: Pick<Connection, 'send'>) {
  const [code, setCode] = useState(1012);
  return (
    <section className="card" aria-labelledby="close-title">
      <header>
        <h2 id="close-title">Let the server close</h2>
      </header>
      <div className="body">
        <div className="row">
          <label className="field grow">
            <span>Close code</span>
            <select className="select" value={code} onChange={(event) => setCode(Number(event.target.value))}>
              {CLOSE_CODES.map((choice) => (
                <option key={choice.code} value={choice.code}>
                  {choice.code}: {choice.meaning}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            className="button"
            onClick={() => send(JSON.stringify({ type: 'close', code, reason: 'as asked' }), { volatile: true })}
          >
            <PlugZap aria-hidden />
            Close
          </button>
        </div>
      </div>
    </section>
  );
}
