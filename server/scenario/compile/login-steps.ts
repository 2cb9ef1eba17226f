import type { AuthoredStep, Login } from '../schema/steps.ts'

/**
 * What somebody does who logs in with the ID-card: goes there, is sent on to who logs people in, signs its challenge, and comes back. `rest`: of the authored step;
 * what it expects and captures is of the page that they come back to.
 */
export function loginSteps(
  { at, by, as }: Login,
  rest: Omit<AuthoredStep, 'login'>,
): readonly AuthoredStep[] {
  const { name = 'Somebody', deadline, actor, when, expect, ...last } = rest
  const common = { deadline, ...(actor !== undefined && { actor }), ...(when !== undefined && { when }) }
  return [
    {
      ...common,
      name: `${name}: go to log in`,
      http: { method: 'GET', url: at },
      redirects: 2,
      expect: { status: [200] },
      capture: {
        login_form: { regex: 'action="(/login/[^"/]+)/idcard"' },
        login_nonce: { regex: 'name="nonce" value="([^"]+)"' },
      },
    },
    {
      ...common,
      name: `${name}: the card signs`,
      card: { person: as, origin: by, nonce: '{{login_nonce}}', certificate: 'authentication' },
      capture: { login_token: { body: true } },
    },
    {
      ...common,
      ...last,
      name: `${name}: come back logged in`,
      http: {
        method: 'POST',
        url: `${by}{{login_form}}/idcard`,
        form: { nonce: '{{login_nonce}}', token: '{{login_token}}' },
      },
      redirects: 4,
      expect: { status: [200], ...expect },
    },
  ]
}
