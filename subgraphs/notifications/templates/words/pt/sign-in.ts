import type { Language } from '../language.js'

export const SIGN_IN_PT = {
  otp: {
    subject: 'Seu código de uso único',
    body: `
      # Seu código de uso único

      Digite este código em {product} para continuar:

      = {code}

      Ele vale apenas uma vez, por 5 minutos.

      > Nunca compartilhe este código. Ninguém da nossa equipe o pedirá. Se você não o solicitou, ignore esta mensagem.`,
  },
  'login-alert': {
    subject: 'Novo acesso à sua conta',
    body: `
      # Novo acesso à sua conta

      {isNewDevice, select,
        true {Sua conta em {product} foi usada em um dispositivo que não conhecíamos.}
        other {Alguém entrou na sua conta em {product}.}}

      {failures, plural, =0 {} one {Antes disso, # tentativa de acesso havia falhado.} other {Antes disso, # tentativas de acesso haviam falhado.}}

      | Dispositivo | {device, select, unknown {Dispositivo desconhecido} other {{device}}}
      | Endereço IP | {ip, select, unknown {Desconhecido} other {{ip}}}
      | Data | {time}

      Se foi você, não é preciso fazer nada.

      > Se não foi você, altere sua senha agora e encerre todas as outras sessões da sua conta.`,
  },
  'login-alerts-off': {
    subject: 'Os alertas de acesso estão desativados',
    body: `
      # Os alertas de acesso estão desativados

      A partir de agora, não avisaremos quando sua conta em {product} for usada em um dispositivo novo. Continuaremos avisando após tentativas malsucedidas.

      | Data | {time}

      Se foi você, não é preciso fazer nada.

      > Se não foi você, altere sua senha agora, encerre todas as outras sessões da sua conta e reative os alertas.`,
  },
  'session-revoked': {
    subject: 'Encerramos uma das suas sessões',
    body: `
      # Encerramos uma das suas sessões

      Uma sessão da sua conta em {product} foi usada em dois lugares ao mesmo tempo. Alguém pode tê-la copiado, por isso a encerramos.

      | Data | {time}

      Talvez seja preciso entrar de novo em um dos seus dispositivos.

      > Se algo parecer errado na sua conta, altere sua senha e encerre todas as outras sessões.`,
  },
  'sessions-ended': {
    subject: 'Sua sessão foi encerrada',
    body: `
      # Sua sessão foi encerrada

      {sessions, plural,
        one {Nossa equipe encerrou uma sessão da sua conta em {product}. Esse dispositivo foi desconectado.}
        other {Nossa equipe encerrou # sessões da sua conta em {product}. Esses dispositivos foram desconectados.}}

      | Data | {time}

      Você pode entrar de novo como de costume.

      > Se você não pediu isso, verifique sua conta. Nunca pedimos sua senha.`,
  },
  'mfa-changed': {
    subject: 'Sua forma de entrar mudou',
    body: `
      # Sua forma de entrar mudou

      {change, select,
        TOTP_ENROLLED {Um aplicativo autenticador foi adicionado à sua conta. A partir de agora, os códigos dele serão pedidos quando você entrar.}
        TOTP_REMOVED {O aplicativo autenticador foi removido da sua conta. Os códigos dele não serão mais pedidos quando você entrar.}
        SMS_ENROLLED {Códigos por SMS foram adicionados à sua conta. A partir de agora, um deles poderá ser pedido quando você entrar.}
        SMS_REMOVED {Os códigos por SMS foram removidos da sua conta. Eles não serão mais pedidos quando você entrar.}
        RECOVERY_CODES_RENEWED {Sua conta tem novos códigos de recuperação. Os anteriores não funcionam mais.}
        RESET {Nossa equipe removeu todos os segundos fatores da sua conta. Agora basta sua senha para entrar.}
        other {Um segundo fator da sua conta foi alterado.}}

      | Data | {time}

      > Se não foi você, altere sua senha agora e encerre todas as outras sessões da sua conta.`,
  },
  'password-reset': {
    subject: 'Redefina sua senha',
    body: `
      # Redefina sua senha

      Alguém pediu a redefinição da senha da sua conta em {product}.

      [Escolher uma nova senha]({link})

      > O link vale por 30 minutos e apenas uma vez. Se não foi você, ignore esta mensagem: a senha continua a mesma e ninguém pode alterá-la sem este link.`,
  },
  'password-changed': {
    subject: 'Sua senha foi alterada',
    body: `
      # Sua senha foi alterada

      {how, select,
        RESET {A senha da sua conta em {product} foi redefinida. Todos os dispositivos foram desconectados.}
        SET {Uma senha foi definida para sua conta em {product}. Todos os outros dispositivos foram desconectados.}
        REMOVED {A senha da sua conta em {product} foi removida: a partir de agora, você entra com um código. Todos os outros dispositivos foram desconectados.}
        other {A senha da sua conta em {product} foi alterada. Todos os outros dispositivos foram desconectados.}}

      | Data | {time}

      Se foi você, não é preciso fazer nada.

      > Se não foi você, redefina a senha imediatamente na página de acesso e verifique sua conta. Nunca pedimos sua senha.`,
  },
} satisfies Partial<Language['mails']>
