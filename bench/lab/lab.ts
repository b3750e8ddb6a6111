import type { MeasuredPage } from '../../scripts/measuredBrowser.mjs';
import type { ParticipantId } from '../adapters/registry';
import type { NodeOrder } from '../node/orders';
import type { LoadOrder, ServerOrder } from '../server/orders';

/** What measures work with. */
export interface Lab {
  /** How often everybody is measured. */
  readonly rounds: number;
  /** Whether somebody is measured, who may have been left out on the command line. */
  takesPart(id: ParticipantId): boolean;
  /** A server in a process of its own. */
  serve(order: ServerOrder): Promise<LoadServer>;
  /** A participant in a Node of its own; what it finds. */
  inNode<T>(order: NodeOrder): Promise<T>;
  /** A Node that is told when to go on. */
  startInNode<T>(order: NodeOrder): Promise<{ finish(): Promise<T> }>;
  /** A page of its own, in a renderer of its own. */
  openPage(): Promise<BenchPage>;
  /** The same where V8 compiles nothing, so that all of a heap is what JavaScript made. */
  openInterpretedPage(): Promise<BenchPage>;
  /** Says what is going on. */
  log(text: string): void;
}

export interface LoadServer extends AsyncDisposable {
  readonly url: string;
  ask<T = void>(order: LoadOrder): Promise<T>;
}

export interface BenchPage extends AsyncDisposable {
  /** Rejects also with what else goes wrong in the page, and when it takes for ever. */
  readonly run: MeasuredPage['run'];
  /** What the main thread has worked since the page began, in milliseconds of CPU. */
  cpuTime(): Promise<number>;
  /** What JavaScript holds, in bytes, once nothing is left to forget. */
  heap(): Promise<number>;
}

/** What a measure found: a table, and how it stands to its goals. */
export interface Finding {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly goals: readonly Goal[];
}

export interface Row {
  readonly name: string;
  readonly kind: 'limit' | 'tautline' | 'peer';
  readonly cells: readonly string[];
}

export interface Goal {
  readonly goal: string;
  readonly figure: string;
  readonly isMet: boolean;
}

export interface Measure {
  readonly title: string;
  /** What is done, in a few sentences. */
  readonly what: string;
  run(lab: Lab): Promise<Finding>;
}
