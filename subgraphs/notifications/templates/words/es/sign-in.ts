import type { Language } from '../language.js'

export const SIGN_IN_ES = {
  otp: {
    subject: 'Su código de un solo uso',
    body: `
      # Su código de un solo uso

      Introduzca este código en {product} para continuar:

      = {code}

      Es válido una sola vez, durante 5 minutos.

      > No comparta nunca este código. Nadie de nuestro equipo se lo pedirá. Si no lo ha solicitado, ignore este mensaje.`,
  },
  'login-alert': {
    subject: 'Nuevo inicio de sesión en su cuenta',
    body: `
      # Nuevo inicio de sesión en su cuenta

      {isNewDevice, select,
        true {Su cuenta en {product} se ha usado en un dispositivo que no conocíamos.}
        other {Alguien ha iniciado sesión en su cuenta en {product}.}}

      {failures, plural, =0 {} one {Antes había fallado # intento de inicio de sesión.} other {Antes habían fallado # intentos de inicio de sesión.}}

      | Dispositivo | {device, select, unknown {Dispositivo desconocido} other {{device}}}
      | Dirección IP | {ip, select, unknown {Desconocida} other {{ip}}}
      | Fecha | {time}

      Si ha sido usted, no tiene que hacer nada.

      > Si no ha sido usted, cambie ahora su contraseña y cierre todas las demás sesiones de su cuenta.`,
  },
  'login-alerts-off': {
    subject: 'Los avisos de inicio de sesión están desactivados',
    body: `
      # Los avisos de inicio de sesión están desactivados

      A partir de ahora no le avisaremos cuando su cuenta en {product} se use en un dispositivo nuevo. Seguiremos haciéndolo tras intentos fallidos.

      | Fecha | {time}

      Si ha sido usted, no tiene que hacer nada.

      > Si no ha sido usted, cambie ahora su contraseña, cierre todas las demás sesiones de su cuenta y vuelva a activar los avisos.`,
  },
  'session-revoked': {
    subject: 'Hemos cerrado una de sus sesiones',
    body: `
      # Hemos cerrado una de sus sesiones

      Una sesión de su cuenta en {product} se ha usado en dos lugares a la vez. Es posible que alguien la haya copiado, así que la hemos cerrado.

      | Fecha | {time}

      Puede que tenga que volver a iniciar sesión en uno de sus dispositivos.

      > Si ve algo extraño en su cuenta, cambie su contraseña y cierre todas las demás sesiones.`,
  },
  'sessions-ended': {
    subject: 'Se ha cerrado su sesión',
    body: `
      # Se ha cerrado su sesión

      {sessions, plural,
        one {Nuestro equipo ha cerrado una sesión de su cuenta en {product}. Ese dispositivo ya no tiene acceso.}
        other {Nuestro equipo ha cerrado # sesiones de su cuenta en {product}. Esos dispositivos ya no tienen acceso.}}

      | Fecha | {time}

      Puede volver a iniciar sesión como siempre.

      > Si no lo ha solicitado, revise su cuenta. Nunca le pedimos su contraseña.`,
  },
  'mfa-changed': {
    subject: 'Su forma de iniciar sesión ha cambiado',
    body: `
      # Su forma de iniciar sesión ha cambiado

      {change, select,
        TOTP_ENROLLED {Se ha añadido una aplicación de autenticación a su cuenta. A partir de ahora se le pedirán sus códigos al iniciar sesión.}
        TOTP_REMOVED {Se ha quitado la aplicación de autenticación de su cuenta. Ya no se le pedirán sus códigos al iniciar sesión.}
        SMS_ENROLLED {Se han añadido códigos por SMS a su cuenta. A partir de ahora se le podrá pedir uno al iniciar sesión.}
        SMS_REMOVED {Se han quitado los códigos por SMS de su cuenta. Ya no se le pedirán al iniciar sesión.}
        RECOVERY_CODES_RENEWED {Su cuenta tiene nuevos códigos de recuperación. Los anteriores ya no funcionan.}
        RESET {Nuestro equipo ha quitado todos los segundos factores de su cuenta. Ahora basta su contraseña para iniciar sesión.}
        other {Se ha cambiado un segundo factor de su cuenta.}}

      | Fecha | {time}

      > Si no ha sido usted, cambie ahora su contraseña y cierre todas las demás sesiones de su cuenta.`,
  },
  'password-reset': {
    subject: 'Restablezca su contraseña',
    body: `
      # Restablezca su contraseña

      Alguien ha solicitado restablecer la contraseña de su cuenta en {product}.

      [Elegir una contraseña nueva]({link})

      > El enlace es válido durante 30 minutos y una sola vez. Si no ha sido usted, ignore este mensaje: la contraseña no cambia y nadie puede cambiarla sin este enlace.`,
  },
  'password-changed': {
    subject: 'Se ha cambiado su contraseña',
    body: `
      # Se ha cambiado su contraseña

      {how, select,
        RESET {Se ha restablecido la contraseña de su cuenta en {product}. Se ha cerrado la sesión en todos los dispositivos.}
        SET {Se ha establecido una contraseña para su cuenta en {product}. Se ha cerrado la sesión en todos los demás dispositivos.}
        REMOVED {Se ha eliminado la contraseña de su cuenta en {product}: a partir de ahora inicia sesión con un código. Se ha cerrado la sesión en todos los demás dispositivos.}
        other {Se ha cambiado la contraseña de su cuenta en {product}. Se ha cerrado la sesión en todos los demás dispositivos.}}

      | Fecha | {time}

      Si ha sido usted, no tiene que hacer nada.

      > Si no ha sido usted, restablezca de inmediato la contraseña en la página de inicio de sesión y revise su cuenta. Nunca le pedimos su contraseña.`,
  },
} satisfies Partial<Language['mails']>
