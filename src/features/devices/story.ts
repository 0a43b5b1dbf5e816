/** A change and the device whose history it belongs to. */
export interface DeviceStory {
  action: string;
  subject: { type: string; id: string };
  before: unknown;
  after: unknown;
  deviceId: string;
  releaseId: string | null;
}
