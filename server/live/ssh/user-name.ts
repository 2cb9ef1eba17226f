/** Whose service somebody logs in to: `meremaa+tax`, in another exercise than the current one `ID:meremaa+tax`. */
export interface UserName {
  readonly exerciseId: string | null
  readonly team: string
  readonly service: string
}

export function readUserName(text: string): UserName | null {
  const [, exerciseId = null, team, service] =
    /^(?:([^:+]{1,128}):)?([^:+]{1,128})\+([^:+]{1,128})$/.exec(text) ?? []
  return team === undefined || service === undefined ? null : { exerciseId, team, service }
}
