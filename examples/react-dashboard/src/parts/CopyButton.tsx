import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toaster } from './toaster';

interface CopyButtonProps {
  /** A function writes it when it is asked for. */
  readonly text: string | (() => string);
  /** What it copies: "Copy the log". */
  readonly label: string;
}

/** Copies, and says for a moment that it has. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setCopied(true);
    } catch {
      toaster.create({ title: 'Not copied', description: 'The browser does not allow it here.', type: 'error' });
    }
  };

  return (
    <button
      type="button"
      className="button icon quiet"
      aria-label={isCopied ? 'Copied' : label}
      title={label}
      onClick={() => void copy()}
    >
      {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
    </button>
  );
}
