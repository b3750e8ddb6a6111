import { SegmentGroup } from '@ark-ui/react/segment-group';
import type { LucideIcon } from 'lucide-react';

interface ChoicesProps<Value extends string> {
  readonly options: readonly { readonly value: Value; readonly label: string; readonly icon?: LucideIcon }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** What is chosen, for those who do not see it. */
  readonly label: string;
}

/** One of a few: radio buttons that look like one control. */
export function Choices<Value extends string>({ options, value, onChange, label }: ChoicesProps<Value>) {
  return (
    <SegmentGroup.Root
      className="choices"
      orientation="horizontal"
      value={value}
      onValueChange={(details) => onChange(details.value as Value)} // the options are the only values
    >
      <SegmentGroup.Label className="visually-hidden">{label}</SegmentGroup.Label>
      <SegmentGroup.Indicator />
      {options.map(({ value, label, icon: Icon }) => (
        <SegmentGroup.Item key={value} value={value}>
          {Icon && <Icon aria-hidden />}
          <SegmentGroup.ItemText>{label}</SegmentGroup.ItemText>
          <SegmentGroup.ItemHiddenInput />
        </SegmentGroup.Item>
      ))}
    </SegmentGroup.Root>
  );
}
