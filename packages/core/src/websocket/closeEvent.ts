/** The platform's, or one of the same shape: Node has none before 23, and React Native never. */
export const CloseEventClass: typeof CloseEvent =
  globalThis.CloseEvent ??
  class CloseEvent extends Event {
    readonly code: number;
    readonly reason: string;
    readonly wasClean: boolean;

    constructor(type: string, { code = 0, reason = '', wasClean = false, ...init }: CloseEventInit = {}) {
      super(type, init);
      this.code = code;
      this.reason = reason;
      this.wasClean = wasClean;
    }
  };
