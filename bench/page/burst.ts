import type { Tally } from '../adapters/adapter';
import { participantOf, type ParticipantId } from '../adapters/registry';
import { adapterOf, needed } from '../shared/adapterOf';
import { createStage, eventually, painted } from './stage';

export interface BurstResult {
  /** How many messages reached the app since the start. */
  readonly seen: number;
  /** Since the start. */
  readonly renders: number;
  /** The most renders between two animation frames, since it was asked for last. */
  readonly mostInOneFrame: number;
  /** Whether the last message is on the screen, or was handed to the callback where nothing is shown. */
  readonly isLastShown: boolean;
}

const seen = { messages: 0, last: '', renders: 0, mostInOneFrame: 0 };
let isShown = () => true;

/** Resolves once the participant takes messages. */
export async function startBurst(id: ParticipantId, url: string): Promise<void> {
  const adapter = await adapterOf(id);
  const { stage, isReady } = createStage(url);
  const tally: Tally = {
    message(text) {
      seen.messages++;
      seen.last = text;
    },
    render: countRenders(),
  };
  if (adapter.showLast) {
    adapter.showLast(stage, tally);
    isShown = () => stage.root.textContent === seen.last;
  } else {
    const hasRooms = participantOf(id).rooms;
    const open = hasRooms ? () => {} : stage.ready;
    needed(adapter.connect)({ url }, { open, ready: stage.ready, message: tally.message });
  }
  await isReady;
}

/** What has become of `count` messages, once all of them or `patience` milliseconds are over. */
export async function burstReceived(count: number, patience: number): Promise<BurstResult> {
  const isOver = () => seen.messages >= count && isShown();
  const isLastShown = await eventually(isOver, patience);
  await painted();
  const { messages, renders, mostInOneFrame } = seen;
  seen.mostInOneFrame = 0;
  return { seen: messages, renders, mostInOneFrame, isLastShown };
}

function countRenders(): () => void {
  let inThisFrame = 0;
  // Asked for in the frame before, it comes ahead of whoever wants to render in this one.
  const begin = () => {
    inThisFrame = 0;
    requestAnimationFrame(begin);
  };
  begin();
  return () => {
    seen.renders++;
    seen.mostInOneFrame = Math.max(seen.mostInOneFrame, ++inThisFrame);
  };
}
