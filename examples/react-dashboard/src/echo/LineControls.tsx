import type { EchoLine, EchoSettings } from '@tautline-examples/shared/page';
import { TautlineError, type Connection } from '@tautline/react';
import { Plug, RotateCw, Unplug } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Notice } from '../parts/Notice';
import { SocketFacts } from './SocketFacts';

interface LineControlsProps {
  readonly line: EchoLine;
  readonly echo: Pick<Connection, 'connect' | 'disconnect' | 'reconnect'>;
  /** Makes another line. Throws when the settings cannot work. */
  readonly onSettings: (settings: EchoSettings) => void;
}

/** The three wishes: connect, disconnect with a code and a reason, reconnect. */
export function LineControls({ line, echo, onSettings }: LineControlsProps) {
  const [settings, setSettings] = useState(line.settings);
  const [close, setClose] = useState({ code: '1000', reason: '' });
  const [problem, setProblem] = useState<string | null>(null);
  const change = (part: Partial<EchoSettings>) => setSettings({ ...settings, ...part });

  /** What cannot work is thrown by the library, with what to write instead. */
  const attempt = (act: () => void) => {
    try {
      act();
      setProblem(null);
    } catch (error) {
      if (!(error instanceof TautlineError)) throw error;
      setProblem(`${error.message} ${error.remedy}`);
    }
  };
  const connect = (event: FormEvent) => {
    event.preventDefault();
    // A connection keeps its URL and options, so other ones are another connection.
    attempt(() => (settings === line.settings ? echo.connect() : onSettings(settings)));
  };

  return (
    <section className="card" aria-labelledby="echo-title">
      <header>
        <h2 id="echo-title">Connection</h2>
      </header>
      <div className="body">
        <form className="fields" onSubmit={connect}>
          <label className="field">
            <span>URL</span>
            <input
              className="input"
              value={settings.url}
              inputMode="url"
              spellCheck={false}
              onChange={(event) => change({ url: event.target.value })}
            />
          </label>
          <div className="row">
            <label className="field grow">
              <span>Subprotocols to offer, in order</span>
              <input
                className="input"
                value={settings.protocols}
                placeholder="none; try echo.v2, echo.v1"
                spellCheck={false}
                onChange={(event) => change({ protocols: event.target.value })}
              />
            </label>
            <label className="field">
              <span>Heartbeat</span>
              <select
                className="select"
                value={settings.heartbeat}
                onChange={(event) => change({ heartbeat: Number(event.target.value) })}
              >
                <option value={0}>off</option>
                <option value={1_000}>every second</option>
                <option value={5_000}>every 5 s</option>
                <option value={25_000}>every 25 s</option>
              </select>
            </label>
          </div>
          <div className="row">
            <button type="submit" className="button primary">
              <Plug aria-hidden />
              Connect
            </button>
            <button type="button" className="button" onClick={echo.reconnect}>
              <RotateCw aria-hidden />
              Reconnect
            </button>
          </div>
        </form>
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            attempt(() => echo.disconnect(Number(close.code), close.reason));
          }}
        >
          <label className="field">
            <span>Close code</span>
            <input
              className="input code"
              inputMode="numeric"
              value={close.code}
              onChange={(event) => setClose({ ...close, code: event.target.value })}
            />
          </label>
          <label className="field grow">
            <span>Reason</span>
            <input
              className="input"
              value={close.reason}
              placeholder="none"
              onChange={(event) => setClose({ ...close, reason: event.target.value })}
            />
          </label>
          <button type="submit" className="button">
            <Unplug aria-hidden />
            Disconnect
          </button>
        </form>
        {problem && <Notice tone="bad">{problem}</Notice>}
        <SocketFacts line={line} />
      </div>
    </section>
  );
}
