import type { Connection } from '@tautline/react';
import { Plug, RotateCw, TriangleAlert, Unplug } from 'lucide-react';
import { useState } from 'react';
import { ConnectionBadge } from '../connection/ConnectionBadge';
import { SERVER } from '../line';

interface LineControlsProps {
  readonly echo: Pick<Connection, 'connect' | 'disconnect' | 'reconnect'> & { readonly connection: Connection };
  readonly subprotocol: string;
  readonly onSubprotocol: (subprotocol: string) => void;
}

/** The three wishes: connect, disconnect with a code and a reason, reconnect. */
export function LineControls({ echo, subprotocol, onSubprotocol }: LineControlsProps) {
  const [code, setCode] = useState('1000');
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const disconnect = () => {
    try {
      echo.disconnect(Number(code), reason);
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error)); // a code or reason that may not be sent
    }
  };

  return (
    <section className="card" aria-labelledby="echo-title">
      <header>
        <div>
          <h2 id="echo-title">Echo</h2>
          <p className="muted small">ws://{SERVER}/echo</p>
        </div>
        <div className="end">
          <ConnectionBadge connection={echo.connection} />
        </div>
      </header>
      <div className="body">
        <div className="row">
          <button type="button" className="button primary" onClick={echo.connect}>
            <Plug aria-hidden />
            Connect
          </button>
          <button type="button" className="button" onClick={echo.reconnect}>
            <RotateCw aria-hidden />
            Reconnect
          </button>
          <label className="field grow">
            <span>Subprotocol to offer</span>
            <select className="select" value={subprotocol} onChange={(event) => onSubprotocol(event.target.value)}>
              <option value="">none</option>
              <option>echo.v1</option>
              <option>echo.v2</option>
            </select>
          </label>
        </div>
        <div className="row">
          <label className="field">
            <span>Close code</span>
            <input
              className="input code"
              inputMode="numeric"
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
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
          <button type="button" className="button" onClick={disconnect}>
            <Unplug aria-hidden />
            Disconnect
          </button>
        </div>
        {problem && (
          <p className="notice" role="alert" data-status="failed">
            <TriangleAlert aria-hidden />
            {problem}
          </p>
        )}
      </div>
    </section>
  );
}
