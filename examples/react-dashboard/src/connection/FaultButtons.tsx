import { FAULTS, type Fault } from '@tautline-examples/shared';
import { FAULT_TEXTS, hurtLine } from '@tautline-examples/shared/page';
import { useConnection, useConnectionStatus } from '@tautline/react';
import { RefreshCw, Scissors, Snowflake, TriangleAlert, Turtle, Unplug, Plug } from 'lucide-react';
import { useState } from 'react';
import { SERVER } from '../line';

const ICONS = { drop: Scissors, freeze: Snowflake, restart: RefreshCw, slow: Turtle };

export function FaultButtons() {
  const { connect, disconnect } = useConnection();
  const isDisconnected = useConnectionStatus() === 'disconnected';
  const [seconds, setSeconds] = useState(6);
  const [problem, setProblem] = useState<string | null>(null);
  const hurt = async (fault: Fault) => setProblem(await hurtLine(SERVER, fault, seconds));

  return (
    <>
      <div className="faults">
        {FAULTS.map((fault) => {
          const Icon = ICONS[fault];
          const { label, hint } = FAULT_TEXTS[fault];
          return (
            <button key={fault} type="button" className="button" title={hint} onClick={() => void hurt(fault)}>
              <Icon aria-hidden />
              {label}
            </button>
          );
        })}
        {isDisconnected ? (
          <button type="button" className="button primary" onClick={connect}>
            <Plug aria-hidden />
            Go online
          </button>
        ) : (
          <button
            type="button"
            className="button"
            title="disconnect(), here in the page"
            onClick={() => disconnect(1000, 'going offline')}
          >
            <Unplug aria-hidden />
            Go offline
          </button>
        )}
        <label className="field seconds">
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
      {problem && (
        <p className="notice" role="alert" data-status="failed">
          <TriangleAlert aria-hidden />
          {problem}
        </p>
      )}
    </>
  );
}
