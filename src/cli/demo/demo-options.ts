/** As commander hands them over. */
export interface DemoOptions {
  readonly output: string;
  readonly stay?: boolean;
  readonly record?: string;
  readonly answeredBy?: string;
  readonly note?: string;
}
