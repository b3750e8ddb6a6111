import { BellPlus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { SIDES, readLimit, type Side } from './alerts';
import { alertBook } from './marketMemory';

/** Asks to be told when the price of a symbol is above or below a limit. */
export function AlertForm({ symbol }: { readonly symbol: string }) {
  const [side, setSide] = useState<Side>('above');
  const [text, setText] = useState('');
  const limit = readLimit(text);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (limit === null) return;
    alertBook.add({ symbol, side, limit });
    setText('');
  };

  return (
    <form className="row alert-form" onSubmit={submit}>
      <label className="field">
        <span>Tell me when it is</span>
        <select className="select" value={side} onChange={(event) => setSide(event.target.value as Side)}>
          {SIDES.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      </label>
      <label className="field grow">
        <span>Price</span>
        <input
          className="input number"
          inputMode="decimal"
          autoComplete="off"
          placeholder="0.00"
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-invalid={text !== '' && limit === null}
        />
      </label>
      <button type="submit" className="button" disabled={limit === null}>
        <BellPlus aria-hidden />
        Set alert
      </button>
    </form>
  );
}
