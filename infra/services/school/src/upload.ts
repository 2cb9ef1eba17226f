/** What may be handed in, by the ending of its name. The type is ours: a browser's word on it counts for nothing. */
const TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  txt: 'text/plain',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  odt: 'application/vnd.oasis.opendocument.text',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

export const LARGEST = 512 * 1024

export interface Upload {
  readonly name: string
  readonly type: string
  readonly content: Buffer
}

export type UploadTrouble = 'noFile' | 'badName' | 'badType' | 'tooLarge'

/** Reads the file of a form; what is wrong with it when it can not be taken. */
export async function readUpload(file: unknown): Promise<Upload | UploadTrouble> {
  if (!(file instanceof File) || file.size === 0) return 'noFile'
  if (file.size > LARGEST) return 'tooLarge'
  const { name } = file
  if (!/^[\p{L}\p{N} ._()-]{1,100}$/u.test(name)) return 'badName'
  const type = TYPES[/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '']
  if (!type) return 'badType'
  return { name, type, content: Buffer.from(await file.arrayBuffer()) }
}

/** Headers with which a browser saves a file and never opens it as part of this site. */
export function downloadHeaders({ name }: Pick<Upload, 'name' | 'type'>): Record<string, string> {
  return {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'x-content-type-options': 'nosniff',
  }
}
