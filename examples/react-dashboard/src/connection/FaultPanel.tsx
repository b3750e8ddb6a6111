import { FAULT_TEXTS, hurtLine, LINE_FAULTS, type LineFault, type WatchedLine } from '@tautline-examples/shared/page';
import { useConnectionStatus } from '@tautline/react';
import {
  EyeOff,
  LayersPlus,
  Lock,
  Plug,
  RefreshCw,
  Scissors,
  Snowflake,
  Turtle,
  Unplug,
  WifiOff,
  ShieldBan,
} from 'lucide-react';
import { useState } from 'react';
import { SERVER } from '../line';
import { Notice } from '../parts/Notice';
import { Tooltip } from '../parts/Tooltip';

const ICONS = {
  drop: Scissors,
  freeze: Snowflake,
  slow: Turtle,
  refuse: ShieldBan,
  unauthorized: Lock,
  restart: RefreshCw,
  offline: WifiOff,
  hide: EyeOff,
  fill: LayersPlus,
};

/** Everything a line survives, by button. */
export function FaultPanel({ line }: { readonly line: WatchedLine }) {
  const { connect, disconnect } = line.connection;
  const status = useConnectionStatus(line.connection);
  const isOver = status === 'disconnected' || status === 'failed';
  const [seconds, setSeconds] = useState(6);
  const [done, setDone] = useState<LineFault | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const hurt = async (fault: LineFault) => {
    setProblem(await hurtLine(line, { fault, seconds, server: SERVER }));
    setDone(fault);
  };

  return (
    <>
      <div className="faults">
        {LINE_FAULTS.map((fault) => {
          const Icon = ICONS[fault];
          const { label, hint } = FAULT_TEXTS[fault];
          return (
            <Tooltip key={fault} text={hint}>
              <button type="button" className="button" onClick={() => void hurt(fault)}>
                <Icon aria-hidden />
                {label}
              </button>
            </Tooltip>
          );
        })}
        <button
          type="button"
          className={isOver ? 'button primary' : 'button'}
          disabled={status === 'idle'}
          onClick={() => (isOver ? connect() : disconnect(1000, 'as wished'))}
        >
          {isOver ? <Plug aria-hidden /> : <Unplug aria-hidden />}
          {isOver ? 'Connect' : 'Disconnect'}
        </button>
        <label className="field">
          <span className="visually-hidden">For how long</span>
          <select className="select" value={seconds} onChange={(event) => setSeconds(Number(event.target.value))}>
            {[2, 6, 15].map((choice) => (
              <option key={choice} value={choice}>
                for {choice} s
              </option>
            ))}
          </select>
        </label>
      </div>
      <p className="hint muted small" aria-live="polite">
        {done && !problem && (
          <>
            {FAULT_TEXTS[done].hint} <strong>Tautline:</strong> {FAULT_TEXTS[done].remedy}
          </>
        )}
      </p>
      {problem && <Notice tone="bad">{problem}</Notice>}
    </>
  );
}
