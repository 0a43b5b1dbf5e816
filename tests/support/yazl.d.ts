/** The part of yazl the tests pack zips with; the package ships no types. */
declare module "yazl" {
  export class ZipFile {
    outputStream: NodeJS.ReadableStream;
    addBuffer(content: Buffer, name: string): void;
    end(): void;
  }
}
