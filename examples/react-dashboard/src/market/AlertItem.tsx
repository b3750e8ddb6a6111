import { formatTime, formatPrice } from '@tautline-examples/shared/page';
import { Bell, BellRing, RotateCcw, Trash2 } from 'lucide-react';
import { conditionOf, type Alert } from './alerts';
import { alertBook } from './marketMemory';

interface AlertItemProps {
  readonly alert: Alert;
  readonly onSelect: (symbol: string) => void;
}

export function AlertItem({ alert, onSelect }: AlertItemProps) {
  const { id, symbol, state } = alert;
  const hasFired = state.name === 'fired';
  const Icon = hasFired ? BellRing : Bell;
  const text = `${symbol} ${conditionOf(alert)}`;

  return (
    <li data-state={state.name}>
      <Icon aria-hidden />
      <div className="grow">
        <button type="button" className="link" onClick={() => onSelect(symbol)}>
          {symbol}
        </button>{' '}
        {conditionOf(alert)}
        <p className="muted small number">{detailOf(state)}</p>
      </div>
      {hasFired && (
        <button
          type="button"
          className="button icon quiet"
          onClick={() => alertBook.rearm(id)}
          aria-label={`Arm again: ${text}`}
          title="Arm again"
        >
          <RotateCcw aria-hidden />
        </button>
      )}
      <button
        type="button"
        className="button icon quiet"
        onClick={() => alertBook.remove(id)}
        aria-label={`Delete: ${text}`}
        title="Delete"
      >
        <Trash2 aria-hidden />
      </button>
    </li>
  );
}

function detailOf(state: Alert['state']): string {
  switch (state.name) {
    case 'armed':
      return 'Waits';
    case 'waiting':
      return 'Waits for the price to come back first';
    case 'fired':
      return `${formatTime(state.at)} at ${formatPrice(state.price)}`;
  }
}
