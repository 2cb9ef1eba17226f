/** What is wrong with a container. The message is for the person who handed it in. */
export class BadContainer extends Error {
  override name = 'BadContainer'
}
